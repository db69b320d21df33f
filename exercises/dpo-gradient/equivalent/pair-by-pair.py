import math

import numpy as np


def sigmoid(x):
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    count = len(policy_chosen)
    chosen, rejected = np.empty(count), np.empty(count)
    for k in range(count):
        h = (policy_chosen[k] - ref_chosen[k]) - (policy_rejected[k] - ref_rejected[k])
        rejected[k] = beta * sigmoid(-beta * h) / count
        chosen[k] = -rejected[k]
    return chosen, rejected
