import numpy as np


def predict_step(gram, margin, beta, lr):
    """(Δ log π(chosen), Δ log π(rejected)) of one SGD step, nats, each (P,).

    gram (P, 2, 2): dot products of the gradients of log π(chosen) and log π(rejected).
    margin (P,): r̂_w − r̂_l. beta, lr: floats > 0.
    """
    raise NotImplementedError("write the two changes here")
