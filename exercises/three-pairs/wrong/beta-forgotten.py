# id: beta-forgotten
# message: The factor β is missing from the step.
# idea: The margin contains β already, and it seems to be done with. The chain rule
#   brings it out once more.
# misconception: chain-rule-factor
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    return directions(gram, lr * weight, flat)
