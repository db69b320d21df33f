"""Tries the right value as a numpy array.

Must hold: only the exact type counts.
"""

# stopped by: carrying

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (-torch.nn.functional.logsigmoid(beta * h).mean()).detach().numpy()
