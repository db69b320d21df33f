# id: mean-log-odds
# message: θ is the average of the log-odds of each pair, instead of what makes the
#   whole table likeliest.
# idea: Each pair has its own log-odds, and their average seems a fair sum of them.
#   Pairs with few games count as much as pairs with many; the likelihood weighs them.
# misconception: win-rate-is-strength
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
        raise ValueError("no finite fit")
    odds = np.log((wins + 1e-9) / (wins.T + 1e-9))
    theta = odds.mean(1)
    return theta - theta.mean()
