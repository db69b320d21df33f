"""Tries to replace torch.autograd.grad, Tensor.backward and the engine behind them.

Must hold: what comes back is compared with the reference's own gradients.
"""

# stopped by: verdict

import torch


def zeros(outputs, inputs=(), *_, **__):
    return tuple(torch.zeros_like(one) for one in inputs)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    torch.autograd.grad = zeros
    torch.autograd.backward = zeros
    torch.Tensor.backward = zeros
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * h).mean()
