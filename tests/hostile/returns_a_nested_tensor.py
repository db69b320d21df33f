"""Tries a nested tensor, whose type and layout are those of a plain one.

Must hold: a copy as an array is made, or the case fails.
"""

# stopped by: carrying

import warnings

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    warnings.simplefilter("ignore")
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    loss = -torch.nn.functional.logsigmoid(beta * h).mean()
    return torch.nested.nested_tensor([loss.detach().reshape(1)])
