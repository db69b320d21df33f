"""Tries to return at once and to hang in backward.

Must hold: the deadline covers the gradients.
"""

# stopped by: deadline
# endless

import torch


class Stuck(torch.autograd.Function):
    @staticmethod
    def forward(context, value):
        return value.clone()

    @staticmethod
    def backward(context, gradient):
        while True:
            pass


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    return Stuck.apply(policy_chosen.mean())
