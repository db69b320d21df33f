"""Tries one allocation larger than the machine.

Must hold: RLIMIT_AS.
"""

# stopped by: rlimits, kernel

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch.empty(1 << 36, dtype=torch.uint8)
