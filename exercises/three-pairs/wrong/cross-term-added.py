# id: cross-term-added
# message: The cross term g_w · g_l has the wrong sign, as if both answers were pushed
#   up.
# idea: The step is taken along g_w + g_l. The rejected answer is pushed down, so it
#   is g_w − g_l.
# misconception: pulled-the-same-way
import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    weight = 1.0 / (1.0 + np.exp(margin))
    size = lr * beta * weight
    chosen = size * (gram[:, 0, 0] + gram[:, 0, 1])
    rejected = -size * (gram[:, 0, 1] + gram[:, 1, 1])
    change = np.stack([chosen, rejected], axis=1)
    return np.where(np.abs(change) < flat, 0, np.sign(change)).astype(int)
