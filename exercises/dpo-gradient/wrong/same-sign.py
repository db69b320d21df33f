# id: same-sign
# message: Both gradients have the same sign, so the rejected answer is pushed the
#   same way as the chosen one.
# idea: Both log-probs stand in the same margin, so both seem to have the same slope.
#   The margin is a difference: the slopes are equal in size and opposite in sign.
# misconception: pulled-the-same-way
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, -gradient
