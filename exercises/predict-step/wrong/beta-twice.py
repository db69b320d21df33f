# id: beta-twice
# message: The margin is multiplied with β once more inside the sigmoid.
# idea: β h is what the sigmoid wants, and the margin is taken for h. The margin r̂_w −
#   r̂_l has β in it already.
# misconception: margin-without-beta
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(beta * margin))
    return size * (ww - wl), size * (wl - ll)
