# id: cosines-for-products
# message: The Gram matrix was scaled to cosines, so the lengths of the gradients are
#   lost.
# idea: The angle between two gradients seems to decide. Chosen falls if the dot
#   product exceeds the square of its own length, and that depends on both lengths.
# misconception: sign-is-a-move
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    length = np.sqrt(np.einsum("pii->pi", gram))
    cosines = gram / (length[:, :, None] * length[:, None, :])
    return directions(cosines, lr * beta * weight, flat)
