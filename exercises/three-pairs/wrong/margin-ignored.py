# id: margin-ignored
# message: The weight is ½ for every pair, whatever its margin.
# idea: At the first step of a run the weight is ½ for all, and it is taken for a
#   constant. A pair with a large margin has a weight near 0 and hardly moves.
# misconception: weight-is-constant
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    return directions(gram, np.full(len(gram), lr * beta / 2), flat)
