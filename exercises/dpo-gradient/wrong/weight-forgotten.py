# id: weight-forgotten
# message: a weight that is the same for every pair: σ(−β h) is missing.
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    gradient = np.full(len(policy_chosen), beta / len(policy_chosen))
    return -gradient, gradient
