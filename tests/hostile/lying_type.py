"""Tries an object that says that its class is torch.Tensor.

Must hold: type(), not __class__, is asked.
"""

# stopped by: carrying

import torch


class Chameleon:
    @property
    def __class__(self):
        return torch.Tensor

    shape = torch.Size([])
    dtype = torch.float64
    requires_grad = True

    def __array__(self, *_, **__):
        return torch.zeros(()).numpy()

    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.0

    __hash__ = object.__hash__


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return Chameleon()
