"""Tries to find an expected value in the frames of its callers.

Must hold: no expected value and no seed is ever in this process.
"""

# stopped by: absence

import sys

import torch


def values(frame):
    while frame:
        yield from frame.f_locals.items()
        frame = frame.f_back


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, value in list(values(sys._getframe())):
        keys = value.keys() if type(value) is dict else ()
        for word in ("expected", "tolerance", "seed", "reference", "answer"):
            if word in keys or (word in name and name != "reference"):
                print(f"THROUGH: {name} {word}")
        if type(value) is torch.Tensor and value.ndim == 0:
            return value
    return policy_chosen.sum() * 0
