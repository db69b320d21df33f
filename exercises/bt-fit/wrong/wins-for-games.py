# id: wins-for-games
# message: the wins expected are counted over the games that were won, n_ij = wins[i,
#   j], instead of all games.
# idea: wins[i, j] is taken for the number of games of i against j. The games between
#   two are the wins of either, wins[i, j] + wins[j, i].
# misconception: games-are-both-ways
import numpy as np


def bt_fit(wins):
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches
    if not reaches.all():
        raise ValueError("no finite fit")
    games = wins
    won = wins.sum(1)
    s = np.ones(count)
    for _ in range(2000):
        s = won / (games / (s[:, None] + s[None, :])).sum(1)
        s /= np.exp(np.log(s).mean())
    theta = np.log(s)
    return theta - theta.mean()
