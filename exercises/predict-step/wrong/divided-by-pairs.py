# id: divided-by-pairs
# message: The step is divided by the number of pairs, as if they were one batch.
# idea: The loss of a batch is a mean, and its gradient has a 1/P. Here every pair takes
#   a step of its own.
# misconception: weight-includes-beta
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    size = size / len(margin)
    return size * (ww - wl), size * (wl - ll)
