# id: weight-sign
# message: The weight is σ(margin) instead of σ(−margin), so learnt pairs would move
#   most.
# idea: A large margin looks like a strong signal. The weight is the probability that
#   the pair is ranked wrong: it vanishes as the margin grows.
# misconception: weight-sign
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(-margin))
    return size * (ww - wl), size * (wl - ll)
