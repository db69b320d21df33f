"""Tries one line of 900 kB without an end, of bytes that are no text.

Must hold: output is capped and made printable.
"""

# stopped by: output cap

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for _ in range(9):
        os.write(1, b"\xff\x1b\x00\x9b31m" * (100_000 // 7))
    return policy_chosen.sum() * 0
