# id: unstable-weight
# message: The sigmoid is written as exp(−x) / (1 + exp(−x)), which is ∞/∞ = NaN at
#   large negative margins.
# idea: On paper any form of σ(−m) will do. In floating point exp(1000) is infinite,
#   so take a form in which the infinity stands below the line alone, or logaddexp.
# misconception: unstable-log-sigmoid
import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    weight = np.exp(-beta * h) / (1.0 + np.exp(-beta * h))
    gradient = beta * weight / len(h)
    return -gradient, gradient
