"""Bradley and Terry 1952, Ford 1957; the tables are drawn for every submission."""

import numpy as np


def bt_fit(wins: np.ndarray) -> np.ndarray:
    """Newton's method on the log-likelihood of Bradley and Terry 1952. That a finite
    maximum needs wins from everyone to everyone is Ford 1957."""
    count = len(wins)
    reaches = (wins > 0) | np.eye(count, dtype=bool)
    for _ in range(count):
        reaches = reaches @ reaches  # twice as many steps each time
    if not reaches.all():
        raise ValueError("the wins do not lead from everyone to everyone")
    games = wins + wins.T
    theta = np.zeros(count)
    for _ in range(100):
        p = 1 / (1 + np.exp(theta[None, :] - theta[:, None]))
        slope = wins.sum(1) - (games * p).sum(1)
        weights = games * p * (1 - p)
        curve = np.diag(weights.sum(1)) - weights
        step = np.linalg.solve(curve + 1, slope)  # the + 1 keeps the mean at 0
        theta += step / max(1, np.abs(step).max())  # at most a nat at once
        if np.abs(step).max() < 1e-9:
            break
    return theta - theta.mean()


def residual(arguments, results):
    """Observed minus expected wins as shares of all comparisons, and the mean of θ."""
    wins, theta = arguments["wins"], results["theta"]
    games = wins + wins.T
    p = np.exp(-np.logaddexp(0.0, theta[None, :] - theta[:, None]))
    slope = wins.sum(1) - (games * p).sum(1)
    return np.append(slope / wins.sum(), theta.mean())


def cases(rng):
    """Two answers, full and sparse tables, a chain, a circle, a ladder, a steep one;
    three without a fit."""
    first, second = rng.choice(np.arange(2, 20), 2, replace=False)
    yield "2 answers", {"wins": np.array([[0, first], [second, 0]], dtype=np.int64)}
    yield "4 answers, each against each", {"wins": full(rng, 4)}
    yield "6 answers, some never compared", {"wins": sparse(rng)}
    yield "5 answers in a chain, upsets are rare", {"wins": chain(rng)}
    yield "a circle of 3", {"wins": circle(rng)}
    yield "3 answers, the middle one won as often as it lost", {"wins": ladder(rng)}
    yield "6 answers, where Newton's full step goes too far", {"wins": steep(rng)}
    yield "an answer that never lost", {"wins": unbeaten(rng)}
    yield "two groups, and one never beat the other", {"wins": groups(rng, 7)}
    yield "two groups that never met", {"wins": groups(rng, 0)}


def full(rng, count):
    """Between 1 and 30 wins of each over each other one."""
    wins = rng.integers(1, 30, (count, count))
    np.fill_diagonal(wins, 0)
    return wins


def sparse(rng):
    """A circle of wins, which connects everyone, and a few others."""
    wins = rng.integers(1, 9, (6, 6)) * (rng.random((6, 6)) < 0.3)
    order = rng.permutation(6)
    wins[order, np.roll(order, 1)] += rng.integers(1, 6, 6)
    np.fill_diagonal(wins, 0)
    return wins


def chain(rng):
    """Each beats the next 40 to 90 times for one upset; nobody else meets."""
    wins = np.zeros((5, 5), dtype=np.int64)
    higher = np.arange(4)
    wins[higher, higher + 1] = rng.integers(40, 90, 4)
    wins[higher + 1, higher] = 1
    order = rng.permutation(5)
    return wins[order][:, order]


def circle(rng):
    """0 beats 1 beats 2 beats 0, each as often: all are equal."""
    more, less = int(rng.integers(6, 12)), int(rng.integers(1, 5))
    wins = np.array([[0, more, less], [less, 0, more], [more, less, 0]])
    return wins.astype(np.int64)


def ladder(rng):
    """The middle one of three stands at 0 from the first step on; the others do not."""
    more = int(rng.integers(4, 30))
    order = rng.permutation(3)
    wins = np.array([[0, more, 0], [1, 0, more], [0, 1, 0]])
    return wins[order][:, order].astype(np.int64)


# Found among 14,000 drawn tables: without a limit the steps grow beyond all bounds.
STEEP = ((0, 1, 270), (1, 5, 2), (2, 3, 4), (3, 4, 9), (4, 0, 82), (4, 3, 3))
STEEP += ((5, 1, 36), (5, 2, 497))


def steep(rng):
    """STEEP, a few times over, which moves nothing, in another order."""
    wins = np.zeros((6, 6), dtype=np.int64)
    for winner, loser, often in STEEP:
        wins[winner, loser] = often
    order = rng.permutation(6)
    return int(rng.integers(1, 10)) * wins[order][:, order]


def unbeaten(rng):
    """Nobody has a win over one of the four."""
    wins = full(rng, 4)
    wins[:, int(rng.integers(4))] = 0
    return wins


def groups(rng, across):
    """Wins both ways within 0, 1, 2 and within 3, 4; from the first to the second:
    `across` of each pair. Everyone has won and lost."""
    wins = full(rng, 5)
    wins[:3, 3:] = across
    wins[3:, :3] = 0
    return wins
