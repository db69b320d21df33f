# id: log-odds-of-the-total
# message: θ is the log-odds of each answer's share of wins, whoever it met.
# idea: For two answers the log-odds of the share of wins is the fit, so it is used
#   for more. A win over a strong answer says more than one over a weak one.
# misconception: win-rate-is-strength
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
        raise ValueError("no finite fit")
    won, lost = wins.sum(1), wins.sum(0)
    theta = np.log(won / lost)
    return theta - theta.mean()
