import numpy as np


def predict_directions(gram, margin, beta, lr, flat):
    """The signs of Δ log π(chosen) and Δ log π(rejected), whole numbers (P, 2).

    gram (P, 2, 2): dot products of the gradients of log π(chosen) and log π(rejected).
    margin (P,): r̂_w − r̂_l. 0 where |Δ| < flat.
    """
    raise NotImplementedError("write the prediction here")
