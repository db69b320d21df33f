"""Tries the right value on top of another function's gradient.

Must hold: gradients are compared.
"""

# stopped by: gradients

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean().detach()
    other = (policy_rejected - policy_chosen).mean()
    return value + other - other.detach()
