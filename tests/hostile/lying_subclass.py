"""Tries a tensor subclass that answers every question with yes and every copy with 0.

Must hold: only the exact type counts.
"""

# stopped by: carrying

import torch


class Lie(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, arguments=(), keywords=None):
        if getattr(function, "__name__", "") in ("allclose", "equal", "__eq__"):
            return True
        return torch.zeros(())

    @property
    def shape(self):
        return torch.Size([])

    def __eq__(self, other):
        return True

    __hash__ = torch.Tensor.__hash__


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return (policy_chosen.sum() * 0).as_subclass(Lie)
