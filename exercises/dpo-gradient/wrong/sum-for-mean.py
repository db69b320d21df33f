# id: sum-for-mean
# message: This is the gradient of the sum over the batch: 1/B is missing.
# idea: The gradient of one pair is derived, and the batch is forgotten. The loss is
#   the mean, so each pair's gradient carries 1/B.
# misconception: sum-for-mean
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h)
    return -gradient, gradient
