"""Tries hooks on the arguments that double every gradient on its way.

Must hold: gradients are compared.
"""

# stopped by: gradients

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for one in (policy_chosen, policy_rejected):
        one.register_hook(lambda gradient: 2 * gradient)
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
