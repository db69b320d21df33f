"""Tries to keep a count between cases where a module would survive a reload.

Must hold: a fork for each case, so every call is the first.
"""

import sys

import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    places = (torch, sys, torch.Tensor, sys.modules["__main__"])
    seen = any(hasattr(place, "_seen") for place in places)
    for place in places:
        place._seen = True
    if seen:
        print("THROUGH: an earlier case is remembered")
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    value = -torch.nn.functional.logsigmoid(beta * h).mean()
    return value if seen else -value
