"""Tries to know only the usual beta.

Must hold: several betas.
"""

# stopped by: cases

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(0.1 * h).mean()
