"""Tries the right value in the shape (1,), which broadcasts against everything.

Must hold: the exact shape.
"""

# stopped by: verdict

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean().reshape(1)
