# id: weight-forgotten
# message: The weight σ(−margin) is missing, as if the loss were −β h.
# idea: Raise chosen, lower rejected: the step is taken along β(g_w − g_l). The
#   log-sigmoid multiplies it with the weight.
# misconception: weight-is-constant
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    return directions(gram, np.full(len(gram), lr * beta), flat)
