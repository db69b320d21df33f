# id: log-sigmoid-for-the-weight
# message: The weight is −log σ(β h), the loss itself, in place of σ(−β h).
# idea: A pair with a large loss should pull more, so the loss is taken as its weight.
#   The derivative of −log σ(m) is −σ(−m), which never exceeds 1.
# misconception: weight-sign
import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * np.logaddexp(0.0, -beta * h) / len(h)
    return -gradient, gradient
