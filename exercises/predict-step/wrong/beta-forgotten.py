# id: beta-forgotten
# message: The factor β is missing from the step.
# idea: β seems to be used up inside the margin. By the chain rule it also stands in
#   front: the margin grows by β for each nat.
# misconception: chain-rule-factor
import numpy as np


def predict_step(gram, margin, beta, lr):
    ww, wl, ll = gram[:, 0, 0], gram[:, 0, 1], gram[:, 1, 1]
    size = lr / (1 + np.exp(margin))
    return size * (ww - wl), size * (wl - ll)
