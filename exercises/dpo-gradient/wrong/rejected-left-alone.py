# id: rejected-left-alone
# message: The rejected answer has the gradient 0, only the chosen one is pushed.
# idea: The rejected answer is taken for a fixed mark, like the reference. Its
#   log-prob belongs to the policy and has the same slope with the other sign.
# misconception: pulled-the-same-way
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, np.zeros_like(gradient)
