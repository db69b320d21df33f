# id: ten-rounds
# message: the fit stops after ten rounds, before wins observed equal wins expected.
# idea: A fixed count of rounds is enough for an easy table. With rare upsets each
#   round moves θ by little; stop by the residual, not by a count.
# misconception: fit-stops-early
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
    s = np.ones(count)
    for _ in range(10):
        s = won / (games / (s[:, None] + s[None, :])).sum(1)
        s /= np.exp(np.log(s).mean())
    theta = np.log(s)
    return theta - theta.mean()
