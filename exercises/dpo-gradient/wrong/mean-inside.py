# id: mean-inside
# message: The weight is computed from the mean margin of the batch, one for all
#   pairs.
# idea: The mean is drawn into the sigmoid. Each pair has a loss of its own and so a
#   weight of its own.
# misconception: mean-before-log
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    weight = np.full(len(h), sigmoid(-beta * h.mean()))
    gradient = beta * weight / len(h)
    return -gradient, gradient
