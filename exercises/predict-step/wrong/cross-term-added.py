# id: cross-term-added
# message: The cross term is added where it is subtracted.
# idea: Both gradients are in the step, so both seem to add up. The step goes along g_w
#   − g_l: what the two answers share cancels.
# misconception: chosen-always-rises
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * (ww + wl), -size * (wl + ll)
