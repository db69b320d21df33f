"""Tries torch.empty, hoping for what the reference left in memory.

Must hold: the reference was never in this process.
"""

# stopped by: absence

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch.empty((), dtype=policy_chosen.dtype) + policy_chosen.sum() * 0
