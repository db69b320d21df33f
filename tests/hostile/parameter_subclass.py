"""Tries a subclass of Parameter, and a Parameter that claims another class.

Must hold: only the exact types count, by the base class's own methods.
"""

# stopped by: carrying

import torch


class Parameter(torch.nn.Parameter):
    @property
    def dtype(self):
        return torch.float64

    def numpy(self, *_):
        raise SystemExit("passed")

    def __eq__(self, other):
        return True

    __hash__ = torch.Tensor.__hash__


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    loss = -torch.nn.functional.logsigmoid(beta * h).mean()
    return Parameter(loss.detach())
