# id: rejected-turned-round
# message: The change of rejected has the wrong sign: ll − wl where wl − ll stands.
# idea: By symmetry with chosen one writes own length less cross term. Rejected is
#   pushed down, so for it the cross term comes first.
# misconception: pulled-the-same-way
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * (ww - wl), size * (ll - wl)
