# id: cross-term-forgotten
# message: The cross term g_w · g_l is left out.
# idea: Each answer is thought to move along its own gradient alone. Both share
#   parameters, so the push on one drags the other along.
# misconception: chosen-always-rises
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    return directions(gram * np.eye(2), lr * beta * weight, flat)
