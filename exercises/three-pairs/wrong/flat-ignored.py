# id: flat-ignored
# message: Signs alone come back, without the band |Δ| < flat that counts as no move.
# idea: Every change has a sign, so every answer seems to go up or down. What is
#   smaller than flat could not be seen in a run.
# misconception: sign-is-a-move
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    return directions(gram, lr * beta * weight, 0.0)
