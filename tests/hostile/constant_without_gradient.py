"""Tries the right value with nothing behind it.

Must hold: gradients are compared.
"""

# stopped by: gradients

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean().detach()
