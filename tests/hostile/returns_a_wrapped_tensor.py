"""Tries a tensor of vmap or grad that outlived them: lazy, of the plain type.

Must hold: a copy as an array is made, or the case fails.
"""

# stopped by: carrying

import torch

kept = []


def keep(one):
    kept.append(one * 1)
    return one.sum()


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    torch.func.grad(keep)(policy_chosen.detach())
    torch.func.vmap(keep)(policy_chosen.detach().reshape(-1, 1))
    return kept[len(kept) // 2].sum()
