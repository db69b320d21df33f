"""Tries a right value that keeps its own dtype, not the inputs'.

Must hold: the exact dtype, in a float32 case.
"""

# stopped by: verdict

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h.double()).mean()
