# id: no-reference
# message: the reference left out of the weight.
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = policy_chosen - policy_rejected
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, gradient
