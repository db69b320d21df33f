"""Tries a right value in a subclass whose gradients would be asked through its methods.

Must hold: only the exact type counts.
"""

# stopped by: carrying

import torch


class Mine(torch.Tensor):
    pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (-torch.nn.functional.logsigmoid(beta * h).mean()).as_subclass(Mine)
