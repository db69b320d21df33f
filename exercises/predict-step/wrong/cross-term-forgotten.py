# id: cross-term-forgotten
# message: The cross term g_w · g_l is left out, so chosen always rises and rejected
#   always falls.
# idea: The loss raises chosen and lowers rejected, so each seems to follow its own
#   gradient. They share parameters, and the step of one answer drags the other along.
# misconception: chosen-always-rises
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr * beta / (1 + np.exp(margin))
    return size * ww, -size * ll
