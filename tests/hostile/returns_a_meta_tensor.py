"""Tries a tensor of the right shape and dtype that holds no number.

Must hold: no data is no answer.
"""

# stopped by: carrying

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch.empty((), dtype=policy_chosen.dtype, device="meta")
