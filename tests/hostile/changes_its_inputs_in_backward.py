"""Tries to change an argument only while the gradients are asked for.

Must hold: the arguments come back after the gradients.
"""

# stopped by: echo

import torch


class Sly(torch.autograd.Function):
    @staticmethod
    def forward(context, value, other):
        context.other = other
        return value.clone()

    @staticmethod
    def backward(context, gradient):
        context.other.zero_()
        return gradient, None


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return Sly.apply(-torch.nn.functional.logsigmoid(beta * h).mean(), ref_rejected)
