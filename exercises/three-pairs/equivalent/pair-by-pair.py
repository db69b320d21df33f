import math

import numpy as np


def direction(change, flat):
    if abs(change) < flat:
        return 0
    return 1 if change > 0 else -1


def predict_directions(gram, margin, beta, lr, flat):
    found = np.zeros((len(margin), 2), dtype=np.int64)
    for k, ((ww, wl), (_, ll)) in enumerate(gram):
        size = lr * beta / (1.0 + math.exp(margin[k]))
        found[k] = direction(size * (ww - wl), flat), direction(size * (wl - ll), flat)
    return found
