# id: overflow
# message: The weight is written as exp(−m)/(1 + exp(−m)), which is ∞/∞ = NaN for a pair
#   that is badly wrong.
# idea: On paper this is σ(−m). In floating point exp(1000) is ∞, and ∞/∞ is no number.
# misconception: paper-is-not-float
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    grown = np.exp(-margin)
    size = lr * beta * grown / (1 + grown)
    return size * (ww - wl), size * (wl - ll)
