# id: reference-added
# message: The reference's log-probs are added in the margin where they are
#   subtracted.
# idea: Four numbers and three signs are easily mixed up. Each answer counts by the
#   log of π/ref, so what the reference says is taken away.
# misconception: reference-by-any-sign
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - policy_rejected) + (ref_chosen - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient, gradient
