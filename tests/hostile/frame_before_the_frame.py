"""Tries to slip a forged frame in before the honest one.

Must hold: a result is exactly one frame.
"""

# stopped by: frame

import os
import struct

HEADER = b'{"head": {"outputs": []}, "arrays": []}'


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    os.write(3, struct.pack("<4sIQ", b"DBX1", len(HEADER), 0) + HEADER)
    return policy_chosen.sum() * 0
