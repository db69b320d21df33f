"""Tries to count its calls and to be right only from the second one on.

Must hold: a fork for each case, so every call is the first.
"""

# stopped by: fresh fork, verdict

import torch

CALLS = [0]


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    CALLS[0] += 1
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean()
    return value if CALLS[0] > 1 else value * 0
