"""Bradley-Terry rewards from a table of wins, in numpy.

Bradley and Terry 1952, "Rank analysis of incomplete block designs"; Ford 1957,
"Solution of a ranking problem from binary comparisons"; Hunter 2004, "MM algorithms for
generalized Bradley-Terry models".
"""

import numpy as np
from numpy.typing import NDArray

_STEPS = 200
_EXACT = 1e-11  # nats, of the last step


def bt_fit(wins: NDArray[np.int64]) -> NDArray[np.float64]:
    """The rewards θ that make the table likeliest under P(i ≻ j) = σ(θ_i − θ_j).

    wins: whole numbers, (K, K), wins[i, j] = how often i was preferred to j, diagonal
    0. Returns θ in nats, float64 (K,), mean 0; no prior. There wins observed equal wins
    expected, Σ_j wins_ij = Σ_j n_ij σ(θ_i − θ_j) with n_ij = wins_ij + wins_ji.
    Raises ValueError where no finite θ does it: when the wins do not lead from every
    answer to every other one (Ford 1957; Hunter 2004, assumption 1).
    """
    if not _strongly_connected(wins > 0):
        raise ValueError(
            "no finite fit: the wins do not lead from every answer to every other one"
        )
    free = np.zeros(len(wins) - 1)  # the last answer stays at 0
    for _ in range(_STEPS):
        step = _newton(wins, np.append(free, 0.0))
        free = _uphill(wins, free, step)
        if not np.abs(step).max(initial=0.0) > _EXACT:
            break
    theta = np.append(free, 0.0)
    return np.asarray(theta - theta.mean(), dtype=np.float64)


def _strongly_connected(beat: NDArray[np.bool_]) -> bool:
    """From the first answer all are reached, forwards and backwards."""
    return all(_reached(edges).all() for edges in (beat, beat.T))


def _reached(edges: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who is reached from the first one, itself with it."""
    seen: NDArray[np.bool_] = np.arange(len(edges)) == 0
    for _ in range(len(edges)):
        seen = seen | edges[seen].any(axis=0)
    return seen


def _likelihood(wins: NDArray[np.int64], theta: NDArray[np.float64]) -> float:
    """The log-likelihood, Σ wins_ij log σ(θ_i − θ_j)."""
    return -float((wins * np.logaddexp(0.0, theta - theta[:, None])).sum())


def _newton(wins: NDArray[np.int64], theta: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newton's step for all but the last answer."""
    games = wins + wins.T
    lost = np.exp(-np.logaddexp(0.0, theta[:, None] - theta))  # σ(θ_j − θ_i)
    slope = (wins * lost - (wins * lost).T).sum(axis=1)
    weights = games * lost * lost.T
    curve = np.diag(weights.sum(axis=1)) - weights
    step: NDArray[np.float64] = np.linalg.solve(curve[:-1, :-1], slope[:-1])
    return step


def _uphill(
    wins: NDArray[np.int64], free: NDArray[np.float64], step: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The step, halved until the likelihood does not fall."""
    before = _likelihood(wins, np.append(free, 0.0))
    slack = 1e-12 * abs(before)  # close to the top only rounding is left
    for _ in range(60):
        if _likelihood(wins, np.append(free + step, 0.0)) >= before - slack:
            return free + step
        step = step / 2
    return free
