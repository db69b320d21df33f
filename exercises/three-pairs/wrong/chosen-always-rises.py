# id: chosen-always-rises
# message: The answer is "chosen up, rejected down" for every pair that moves at all.
# idea: The loss pushes chosen up and rejected down, so they are expected to go there.
#   The cross term of the Gram matrix can drag both the same way.
# misconception: chosen-always-rises
import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    size = lr * beta / (1.0 + np.exp(margin))
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    moves = np.abs(np.stack([chosen, rejected], axis=1)) >= flat
    return np.where(moves, [1, -1], 0)
