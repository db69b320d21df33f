"""With helpers, constants and a decorator at module level."""

import functools
import math

import torch

SIGN = -1.0
LOG_TWO = math.log(2)
assert abs(LOG_TWO - 0.6931) < 1e-3


def whole_batch(function):
    @functools.wraps(function)
    def meaned(*arguments):
        return function(*arguments).mean()

    return meaned


def implicit_reward(policy, reference, beta):
    """β log π/π_ref, in nats."""
    return beta * (policy - reference)


def log_sigmoid(x):
    return torch.minimum(x, torch.zeros_like(x)) - torch.log1p(torch.exp(-x.abs()))


@whole_batch
def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = implicit_reward(policy_chosen, ref_chosen, beta)
    rejected = implicit_reward(policy_rejected, ref_rejected, beta)
    return SIGN * log_sigmoid(chosen - rejected)
