# id: half-factor
# message: The gradient is divided by 2B, the number of answers, instead of B, the
#   number of pairs.
# idea: The batch has 2B answers, and the mean is thought to run over those. A pair
#   has one loss, so the mean is over B of them.
# misconception: loss-scale-is-free
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / (2 * len(h))
    return -gradient, gradient
