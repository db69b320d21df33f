# id: same-sign
# message: the same sign for both: the rejected answer is pushed the other way.
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, -gradient
