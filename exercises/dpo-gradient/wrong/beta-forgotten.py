# id: beta-forgotten
# message: The factor β in front is missing, the inner derivative of β h.
# idea: β is in the sigmoid already and seems to be done with. The chain rule brings
#   it out once more.
# misconception: chain-rule-factor
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = sigmoid(-beta * h) / len(h)
    return -gradient, gradient
