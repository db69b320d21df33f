# id: sum-for-mean
# message: the gradient of the sum: 1/B is missing.
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h)
    return -gradient, gradient
