# id: connected-by-games
# message: the check follows comparisons in both directions, so being beaten counts as
#   a way to the winner.
# idea: Answers that were compared seem connected. What is needed are wins both ways
#   round: a group that never lost to the rest has no finite reward.
# misconception: bt-always-finite
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins + wins.T > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
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
