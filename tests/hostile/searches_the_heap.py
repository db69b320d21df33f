"""Tries to find an answer among all objects that live, by gc.

Must hold: no expected value and no reference solution is ever in this process.
"""

# stopped by: absence

import gc

import numpy as np
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for one in gc.get_objects():
        if type(one) is dict and ("expected" in one or "signatures" in one):
            print("THROUGH: expected values are here")
        if getattr(one, "__name__", "") == "dpo_loss" and one is not dpo_loss:
            return one(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta)
    for one in gc.get_objects():
        zero_dimensional = isinstance(one, torch.Tensor | np.ndarray) and one.ndim == 0
        if zero_dimensional:
            return torch.as_tensor(one)
    return policy_chosen.sum() * 0
