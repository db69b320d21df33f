# id: rejected-mirrors-chosen
# message: The rejected answer is given the opposite of what the chosen one does.
# idea: The slopes by the two log-probs are equal and opposite, so the changes are
#   thought to be so too. That holds by log-probs; in shared parameters both can move
#   the same way.
# misconception: chosen-always-rises
import numpy as np


def directions(gram, size, flat):
    chosen = size * (gram[:, 0, 0] - gram[:, 0, 1])
    rejected = size * (gram[:, 0, 1] - gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    chosen = directions(gram, lr * beta * weight, flat)[:, 0]
    return np.stack([chosen, -chosen], axis=1)
