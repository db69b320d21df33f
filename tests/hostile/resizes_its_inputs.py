"""Tries to make an argument's memory vanish under the one who holds it.

Must hold: the arguments come back too, or the child's end is a failed case.
"""

# stopped by: echo

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean()
    ref_chosen.untyped_storage().resize_(0)
    return value
