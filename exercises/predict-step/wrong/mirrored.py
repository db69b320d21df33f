# id: mirrored
# message: Rejected is taken to fall exactly as far as chosen rises.
# idea: In log-probs the two slopes are equal and opposite. In parameters the gradients
#   have different lengths, so the two changes differ, and they may even have the same
#   sign.
# misconception: chosen-always-rises
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * (ww - wl), size * (wl - ww)
