"""Tries to exhaust the reader's stack with a header of ten thousand brackets.

Must hold: a header that cannot be read is no frame.
"""

# stopped by: frame

import os
import struct

HEADER = b'{"head": ' + b"[" * 10_000 + b"]" * 10_000 + b', "arrays": []}'


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.write(3, struct.pack("<4sIQ", b"DBX1", len(HEADER), 0) + HEADER)
    os._exit(0)
