"""From rewards to preferences, and from counted preferences back to rewards.

Bradley and Terry 1952, "Rank analysis of incomplete block designs"; Ford 1957,
"Solution of a ranking problem from binary comparisons"; Hunter 2004, "MM algorithms for
generalized Bradley-Terry models"; equations 1 and 2 of Rafailov et al. 2023, "Direct
Preference Optimization", arXiv:2305.18290. A reward is in nats.
"""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

ELO_PER_NAT = 400 / math.log(10)
_STEPS = 200
_EXACT = 1e-11  # nats, of the last step


def preference_probability(reward_w: Tensor, reward_l: Tensor) -> Tensor:
    """P(y_w ≻ y_l) = σ(r_w − r_l); any shapes that broadcast (Rafailov 2023, Eq. 1).

    Bradley and Terry: exp r_w / (exp r_w + exp r_l). Only the difference counts, so it
    is never exponentiated alone: no reward is too large.
    """
    return torch.sigmoid(reward_w - reward_l)


def log_sigmoid(x: Tensor) -> Tensor:
    """log σ(x), any shape: the log of the probability that goes with a difference.

    As −log(1 + exp(−x)) by logaddexp, which takes the larger exponent out first: finite
    at every x, and so is the slope σ(−x), ½ at 0. In float32 log(sigmoid(−200)) is −∞;
    −relu(−x) − log(1 + exp(−|x|)) has the right value everywhere and the slope 0 at 0.
    """
    return -torch.logaddexp(torch.zeros_like(x), -x)


def reward_model_loss(chosen_rewards: Tensor, rejected_rewards: Tensor) -> Tensor:
    """The mean of −log σ(r_w − r_l), nats: (B,) twice to 0-d (Rafailov 2023, Eq. 2).

    No margin and no centring term. NaN for B = 0.
    """
    return -log_sigmoid(chosen_rewards - rejected_rewards).mean()


def elo_difference(reward_difference: Tensor) -> Tensor:
    """The Elo points of a reward difference: 400/ln 10 per nat, about 173.7."""
    return ELO_PER_NAT * reward_difference


def bt_fit(wins: NDArray[np.int64]) -> NDArray[np.float64]:
    """The rewards θ that make the table likeliest under P(i ≻ j) = σ(θ_i − θ_j).

    wins: whole numbers, (K, K), wins[i, j] = how often i was preferred to j, diagonal
    0. Returns θ in nats, float64 (K,), mean 0; no prior. There wins observed equal wins
    expected, Σ_j wins_ij = Σ_j n_ij σ(θ_i − θ_j) with n_ij = wins_ij + wins_ji.
    Raises ValueError where no finite θ does it: when the wins do not lead from every
    answer to every other one (Ford 1957; Hunter 2004, assumption 1).
    """
    if not strongly_connected(wins > 0):
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


def strongly_connected(beat: NDArray[np.bool_]) -> bool:
    """Whether wins lead from every answer to every other one; beat: (K, K).

    All are reached from the first one, forwards and backwards.
    """
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
