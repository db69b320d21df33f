# id: won-and-lost-once
# message: the check asks only whether everyone has won and lost at least once.
# idea: One win and one loss each seem to bound every reward. Two groups can have both
#   inside, while one group never beat the other.
# misconception: bt-always-finite
import numpy as np


def bt_fit(wins):
    count = len(wins)
    if not (wins.any(0).all() and wins.any(1).all()):
        raise ValueError("no finite fit")
    games = wins + wins.T
    won = wins.sum(1)
    theta = np.zeros(count)
    for _ in range(60):
        p = 1 / (1 + np.exp(theta[None, :] - theta[:, None]))
        slope = won - (games * p).sum(1)
        weights = games * p * (1 - p)
        curve = np.diag(weights.sum(1)) - weights
        step = np.linalg.lstsq(curve + 1, slope, rcond=None)[0]
        theta += step / max(1, np.abs(step).max())
    return theta - theta.mean()
