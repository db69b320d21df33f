# id: pseudo-count
# message: half a win is added to every pair, which pulls the rewards together.
# idea: A pseudo-count makes every table fit, so it looks like a safe habit. It is a
#   prior: wins observed and expected no longer agree.
# misconception: prior-is-free
import numpy as np


def bt_fit(wins):
    count = len(wins)
    wins = wins + 0.5 * (1 - np.eye(count))
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
    return theta - theta.mean()
