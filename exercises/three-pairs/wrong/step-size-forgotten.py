# id: step-size-forgotten
# message: The step size lr is missing, so nearly nothing counts as flat.
# idea: Signs do not depend on the step size, so it seems to have no part. Whether |Δ|
#   reaches flat does depend on it.
# misconception: sign-is-a-move
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    return directions(gram, beta * weight, flat)
