# id: weight-forgotten
# message: The weight σ(−β h) is missing, so every pair pulls equally.
# idea: Raise chosen, lower rejected: that is the gradient of −β h. The log-sigmoid
#   adds the weight, which lets a pair go once it is learnt.
# misconception: weight-is-constant
import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    gradient = np.full(len(policy_chosen), beta / len(policy_chosen))
    return -gradient, gradient
