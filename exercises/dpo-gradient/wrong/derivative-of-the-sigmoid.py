# id: derivative-of-the-sigmoid
# message: The weight is σ(1 − σ), the derivative of the sigmoid without its log.
# idea: σ' = σ(1 − σ) is remembered, and the log in front of it forgotten. The log
#   divides by σ and leaves 1 − σ(β h) = σ(−β h).
# misconception: any-falling-loss
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    right = sigmoid(beta * h)
    gradient = beta * right * (1.0 - right) / len(h)
    return -gradient, gradient
