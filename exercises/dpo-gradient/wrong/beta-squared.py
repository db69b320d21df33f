# id: beta-squared
# message: The factor β stands in front twice.
# idea: The implicit reward's β and the inner derivative are counted as two factors.
#   They are one and the same.
# misconception: chain-rule-factor
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta**2 * sigmoid(-beta * h) / len(h)
    return -gradient, gradient
