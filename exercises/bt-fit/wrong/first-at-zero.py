# id: first-at-zero
# message: the first answer is held at 0 instead of the mean.
# idea: One reward must be fixed, and any choice fits equally well. Here the mean of θ
#   is asked to be 0, so that fits can be compared.
# misconception: reward-scale-meaningful
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
        raise ValueError("no finite fit")
    games = wins + wins.T
    won = wins.sum(1)
    theta = np.zeros(count)
    for _ in range(200):
        p = 1 / (1 + np.exp(theta[None, :] - theta[:, None]))
        slope = won - (games * p).sum(1)
        weights = games * p * (1 - p)
        curve = np.diag(weights.sum(1)) - weights
        step = np.linalg.solve(curve + 1, slope)
        theta += step / max(1, np.abs(step).max())
        if np.abs(step).max() < 1e-9:
            break
    return theta - theta[0]
