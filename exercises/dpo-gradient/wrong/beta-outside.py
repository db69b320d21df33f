# id: beta-outside
# message: β stands in front alone: the weight is σ(−h) in place of σ(−β h).
# idea: This is the gradient of β times −log σ(h), with β as the weight of a loss
#   term. In the DPO loss β multiplies h inside the sigmoid too.
# misconception: beta-outside
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-h) / len(h)
    return -gradient, gradient
