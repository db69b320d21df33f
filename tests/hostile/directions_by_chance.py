"""Tries to guess the signs that are usual.

Must hold: cases in which the chosen answer falls, and some in which nothing moves.
"""

# stopped by: cases
# exercise: three-pairs

import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    return np.tile([1, -1], (len(margin), 1))
