# id: beta-on-the-margin
# message: The margin is multiplied by β once more: the weight is σ(−β · margin) in
#   place of σ(−margin).
# idea: The weight is remembered as σ(−β h), and the margin taken for h. The margin is
#   β h.
# misconception: chain-rule-factor
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(beta * margin))
    return directions(gram, lr * beta * weight, flat)
