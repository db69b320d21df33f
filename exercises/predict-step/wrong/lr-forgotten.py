# id: lr-forgotten
# message: The step size is missing: these are slopes, not changes.
# idea: The gradient says how steep it is, and that is mistaken for how far one goes. A
#   step of SGD is lr times the gradient.
# misconception: slope-is-a-step
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = beta / (1 + np.exp(margin))
    return size * (ww - wl), size * (wl - ll)
