"""Tries to be right once and to give another value at the second call.

Must hold: a repeatable function is called twice and must give equal bits.
"""

# stopped by: verdict

import torch

calls = []


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    calls.append(1)
    sign = -1 if len(calls) == 1 else 1
    return sign * torch.nn.functional.logsigmoid(beta * h).mean()
