"""Tries a tensor that has no memory and is zero everywhere, by definition.

Must hold: a copy as an array is made, or its value is wrong.
"""

# stopped by: carrying, verdict

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return torch._efficientzerotensor((), dtype=policy_chosen.dtype)
