import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * (ww - wl), size * (wl - ll)
