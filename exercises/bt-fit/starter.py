import numpy as np


def bt_fit(wins):
    """The rewards θ of K answers in nats, float64 of shape (K,), with mean 0.

    wins: int64 (K, K), wins[i, j] = how often i was preferred to j, diagonal 0.
    Raises ValueError if the wins do not lead from every answer to every other one.
    """
    raise NotImplementedError("write the fit here")
