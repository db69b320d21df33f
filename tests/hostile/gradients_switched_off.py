"""Tries the right value with autograd switched off for the whole process.

Must hold: gradients are compared; a fork for each case forgets the switch.
"""

# stopped by: gradients

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    torch.set_grad_enabled(False)
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
