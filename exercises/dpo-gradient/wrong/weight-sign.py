# id: weight-sign
# message: the weight σ(r̂_w − r̂_l) instead of σ(r̂_l − r̂_w): the pairs that the model
#   has right would be pushed hardest.
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(beta * h) / len(h)
    return -gradient, gradient
