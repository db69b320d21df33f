"""Tries the right value with an imaginary part that a cast would drop.

Must hold: the exact dtype.
"""

# stopped by: carrying

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean()
    return torch.complex(value, value.detach())
