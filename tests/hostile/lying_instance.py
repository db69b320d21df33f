"""Tries a plain tensor with methods of its own hung onto the instance.

Must hold: the base class's methods are called unbound.
"""

# stopped by: carrying

import numpy as np


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    value = policy_chosen.sum() * 0
    for name in ("detach", "numpy", "cpu", "item", "dim", "__array__", "tolist"):
        setattr(value, name, lambda *_, **__: np.zeros(()))
    return value
