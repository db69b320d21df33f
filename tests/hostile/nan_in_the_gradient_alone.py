"""Tries the right value with NaN for its gradients.

Must hold: gradients are compared, finite before close.
"""

# stopped by: verdict

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for one in (policy_chosen, policy_rejected):
        one.register_hook(lambda gradient: gradient * float("nan"))
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
