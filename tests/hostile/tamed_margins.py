"""Tries to clamp the margins, which is right for every ordinary batch.

Must hold: a case of margins of ±1000.
"""

# stopped by: cases

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid((beta * h).clamp(-50, 50)).mean()
