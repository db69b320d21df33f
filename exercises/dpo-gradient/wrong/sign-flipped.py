# id: sign-flipped
# message: The two signs are swapped: a step down this gradient would lower the chosen
#   and raise the rejected answers.
# idea: The gradient is given the direction in which the answers should go. It points
#   up the loss; the optimizer steps against it.
# misconception: sign-flipped
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return gradient, -gradient
