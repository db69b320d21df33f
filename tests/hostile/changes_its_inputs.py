"""Tries to scale an argument in place and to return the right value of before.

Must hold: the arguments come back too and are compared.
"""

# stopped by: echo

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean()
    ref_chosen.mul_(2)
    return value
