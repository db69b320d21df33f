# id: sign-flipped
# message: The step goes up the loss instead of down.
# idea: The gradient points uphill, and the minus of descent is soon lost among the
#   others. Two minus signs meet here, that of the step and that of the loss, and their
#   product is plus.
# misconception: sign-flipped
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * (wl - ww), size * (ll - wl)
