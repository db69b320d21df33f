# id: no-reference
# message: The reference is left out of the weight.
# idea: The reference is a constant, so it is thought to vanish from the gradient. It
#   vanishes from the inner derivative, and stays in the margin that decides the
#   weight.
# misconception: no-reference
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = policy_chosen - policy_rejected
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, gradient
