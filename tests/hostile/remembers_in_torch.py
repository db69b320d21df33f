"""Tries to remember the pairs of earlier cases where a module would survive a reload.

Must hold: a fork for each case; only the second call of the same case sees the first.
"""

# stopped by: fresh fork

import sys

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    places = (torch, sys, torch.Tensor, sys.modules["__main__"])
    mine = tuple(policy_chosen.tolist())
    seen = [getattr(place, "_seen", mine) for place in places]
    for place in places:
        place._seen = mine
    if any(other != mine for other in seen):
        print("THROUGH: an earlier case is remembered")
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return torch.nn.functional.logsigmoid(beta * h).mean()
