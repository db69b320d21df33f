"""Tries to fill the reader's memory: 128 MiB into the result pipe.

Must hold: the result is capped, and its pipe closed at the cap.
"""

# stopped by: frame

import os

PART = b"DBX1" * (1 << 14)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for _ in range(2048):
        written = 0
        while written < len(PART):
            written += os.write(3, PART[written:])
    print("THROUGH: all of it was read")
    os._exit(0)
