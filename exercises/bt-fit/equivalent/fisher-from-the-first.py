import numpy as np


def bt_fit(wins):
    """The first answer is held at 0, which leaves K - 1 unknowns."""
    count = len(wins)
    steps = np.linalg.matrix_power((wins > 0) + np.eye(count), count)
    if (steps == 0).any():
        raise ValueError("the table has no finite fit")
    theta = np.zeros(count)
    for _ in range(300):
        p = 1 / (1 + np.exp(theta - theta[:, None]))
        games = wins + wins.T
        slope = (wins - games * p).sum(axis=1)[1:]
        weights = games * p * (1 - p)
        curve = (np.diag(weights.sum(axis=1)) - weights)[1:, 1:]
        theta[1:] += np.clip(np.linalg.solve(curve, slope), -1, 1) / 2
        if np.abs(slope).max() < 1e-9 * wins.sum():
            break
    return theta - theta.mean()
