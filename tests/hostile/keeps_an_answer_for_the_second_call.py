"""Tries to be wrong in the first call and to answer from a cache in the second.

Must hold: both calls are judged: the first by its value, the second by equal bits.
"""

# stopped by: verdict

import torch

cache = {}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    key = tuple(policy_chosen.tolist())
    if key not in cache:
        h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
        cache[key] = -torch.nn.functional.logsigmoid(beta * h).mean()
        return policy_chosen.sum() * 0
    return cache[key]
