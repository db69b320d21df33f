# id: weight-sign
# message: The weight is σ(r̂_w − r̂_l) in place of σ(r̂_l − r̂_w): the pairs that the
#   model has right would be pushed hardest.
# idea: σ(β h) stands in the loss, so it is written into the gradient. The derivative
#   of −log σ(m) is −σ(−m), the probability that the model has it wrong.
# misconception: weight-sign
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(beta * h) / len(h)
    return -gradient, gradient
