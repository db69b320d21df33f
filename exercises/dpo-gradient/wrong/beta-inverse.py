# id: beta-inverse
# message: h is divided by β inside the sigmoid.
# idea: The best policy contains r/β, so h is divided as well. Solved for the reward
#   the β changes sides: r̂ = β log(π/ref).
# misconception: beta-inverse
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-h / beta) / len(h)
    return -gradient, gradient
