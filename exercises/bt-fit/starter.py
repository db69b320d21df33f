import numpy as np


def leads(wins):
    """Whether the wins lead from every answer to every other one."""
    reaches = (wins > 0) | np.eye(len(wins), dtype=bool)
    for _ in range(len(wins)):
        reaches = reaches @ reaches  # twice as many steps each time
    return bool(reaches.all())


def bt_fit(wins):
    """The rewards θ of K answers in nats, float64 of shape (K,), with mean 0.

    wins: int64 (K, K), wins[i, j] = how often i was preferred to j, diagonal 0.
    Raises ValueError if the wins do not lead from every answer to every other one.
    """
    raise NotImplementedError("write the fit here")
