"""Reward against KL, as in figure 2 of Rafailov et al. 2023, arXiv:2305.18290."""

import numpy as np


def choose_beta(runs: list[dict[str, float]], kl_budget: float) -> float | None:
    """The β of the highest reward with KL at most the budget; None if there is none.

    The point of the reward–KL frontier (Rafailov et al. 2023, figure 2) that the budget
    allows. Ties: the smaller KL, then the larger β.
    """
    affordable = [run for run in runs if run["kl"] <= kl_budget]
    if not affordable:
        return None
    best = max(affordable, key=lambda run: (run["reward"], -run["kl"], run["beta"]))
    return best["beta"]


BETAS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def cases(rng):
    """Whole sweeps, negative rewards, the budget itself, ties, near ties, no run."""
    yield "7 runs, the best beyond the budget", sweep(rng, best=5.0)
    yield "7 runs, all rewards negative", sweep(rng, best=-1.0)
    yield "a KL that equals the budget", on_the_line(rng)
    yield "equal rewards, another KL", ties(rng, BETAS[2:6], (6.5, 2.5, 4.5, 3.5))
    yield "equal rewards and KL", ties(rng, BETAS[1:6], (2.5, 2.5, 2.5, 2.5, 4.0))
    yield "rewards that differ in the sixth digit", near(rng)
    yield "no affordable run", {**sweep(rng, best=2.0), "kl_budget": 0.01}
    yield "no run at all", {"runs": [], "kl_budget": 5.0}


def run(beta, kl, reward):
    return {"beta": float(beta), "kl": float(kl), "reward": float(reward)}


def shuffled(rng, runs):
    return [runs[k] for k in rng.permutation(len(runs))]


def sweep(rng, best):
    """KL falls as β grows; the reward of the affordable runs is best at β = 1."""
    kl = np.array([70.0, 50.0, 40.0, 20.0, 10.0, 1.5, 0.5]) * rng.uniform(0.9, 1.1, 7)
    below = np.array([-1.0, -2.0, 2.5, 3.0, 0.0, 1.4, 3.0]) * rng.uniform(0.9, 1.1, 7)
    below[0] = -1.0  # the highest reward of all, at the largest KL
    runs = [run(*one) for one in zip(BETAS, kl, best - below, strict=True)]
    return {"runs": shuffled(rng, runs), "kl_budget": 25.0}


def on_the_line(rng):
    """The best affordable run spends the whole budget."""
    budget = float(rng.uniform(5.0, 6.0))
    kl = (budget + 9.0, budget, budget - 2.0, budget - 4.0)
    rewards = rng.uniform(0.0, 0.2, 4) + np.array([4.0, 3.0, 2.0, 1.0])
    runs = [run(*one) for one in zip(BETAS[1:5], kl, rewards, strict=True)]
    return {"runs": shuffled(rng, runs), "kl_budget": budget}


def near(rng):
    """No ties: the reward that is higher by a hair has the largest affordable KL."""
    rewards = float(rng.uniform(1.0, 2.0)) + 4e-6 * np.array([1.0, 3.0, 2.0, 0.0])
    kl = np.array([9.5, 7.5, 3.5, 2.5]) * rng.uniform(0.95, 1.05, 4)
    runs = [run(*one) for one in zip(BETAS[1:5], kl, rewards, strict=True)]
    return {"runs": shuffled(rng, runs), "kl_budget": 8.0}


def ties(rng, betas, kls):
    """Runs with the same reward; neither the right one nor the one with the largest β
    is first or last."""
    reward = float(rng.uniform(1.0, 2.0))
    runs = [run(*one, reward) for one in zip(betas, kls, strict=True)]
    right = min(range(len(runs)), key=lambda k: (kls[k], -betas[k]))
    inner = [one for k, one in enumerate(runs) if k in (right, len(runs) - 1)]
    outer = shuffled(rng, [one for one in runs if one not in inner])
    middle = shuffled(rng, [*inner, *outer[2:]])
    return {"runs": [outer[0], *middle, outer[1]], "kl_budget": 8.0}
