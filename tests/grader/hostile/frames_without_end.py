"""Tries to fill the reader's memory: writes to the result pipe until it is closed.

Must hold: the result is capped, and its pipe closed at the cap.
"""

import os

PART = b"DBX1" * (1 << 14)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    while True:
        os.write(3, PART)
