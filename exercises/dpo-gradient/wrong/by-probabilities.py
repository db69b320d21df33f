# id: by-probabilities
# message: This is the gradient by the probabilities π, not by their logs: it is
#   divided by π.
# idea: The chain rule is carried one step too far, through log π to π. What is asked
#   for are the slopes by the log-probs, which are the inputs.
# misconception: inputs-are-probabilities
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0.0, -x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    gradient = beta * sigmoid(-beta * h) / len(h)
    return -gradient / np.exp(policy_chosen), gradient / np.exp(policy_rejected)
