# id: no-check
# message: a table without a finite fit gets numbers instead of a ValueError.
# idea: With enough comparisons a best fit seems certain. An answer that never lost is
#   pushed without end, and where the rounds stop is an accident.
# misconception: bt-always-finite
import numpy as np


def bt_fit(wins):
    count = len(wins)
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
