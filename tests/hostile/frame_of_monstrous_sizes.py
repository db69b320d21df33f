"""Tries to make the reader allocate: a frame that announces 2^60 bytes and huge axes.

Must hold: nothing is allocated before its size was checked.
"""

# stopped by: frame

import json
import os
import struct

SIZES = [0, *[1 << 24] * 7]
HEADER = json.dumps(
    {"head": {"outputs": [["loss", {"array": 0}]]}, "arrays": [["float64", SIZES]]}
).encode()


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    if len(policy_chosen) == 1:
        os.write(3, struct.pack("<4sIQ", b"DBX1", len(HEADER), 0) + HEADER)
    else:
        os.write(3, struct.pack("<4sIQ", b"DBX1", 16, 1 << 60))
    os._exit(0)
