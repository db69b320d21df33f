import numpy as np


def bt_fit(wins):
    count = len(wins)
    reached = [{i} for i in range(count)]
    for _ in range(count):
        for i in range(count):
            for j in range(count):
                if wins[i, j]:
                    reached[i] |= reached[j]
    if any(len(one) < count for one in reached):
        raise ValueError("somebody cannot be reached")
    games, won = wins + wins.T, wins.sum(axis=1)
    s = np.ones(count)
    for _ in range(100_000):
        expected = (games * (s[:, None] / (s[:, None] + s[None, :]))).sum(axis=1)
        if np.abs(won - expected).max() < 1e-8 * wins.sum():
            break
        s = s * won / expected
    theta = np.log(s)
    return theta - theta.mean()
