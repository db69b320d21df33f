# id: losses-counted
# message: the wins are summed over the wrong axis, so losses are counted as wins.
# idea: wins[i, j] is read as the wins over i. The fit runs and converges, and it
#   ranks the worst answer first.
# misconception: rows-or-columns
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
        raise ValueError("no finite fit")
    games = wins + wins.T
    won = wins.sum(0)
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
    return theta - theta.mean()
