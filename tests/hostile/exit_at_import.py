"""Tries to leave with exit code 0 while the file is still being read.

Must hold: an exit code is no verdict.
"""

# stopped by: frame

import os

os._exit(0)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return policy_chosen.sum() * 0
