"""Rafailov et al. 2023, equation 5: implicit rewards, and what a log shows of them."""

import numpy as np
import torch


def pair_metrics(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Mean of r̂_w − r̂_l, share above 0, share by π alone (Rafailov 2023, Eq. 5)."""
    margins = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    implicit = (margins > 0).to(margins.dtype)
    raw = (policy_chosen > policy_rejected).to(margins.dtype)
    return margins.mean(), implicit.mean(), raw.mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Ties, the policy at the reference, margins of ±1000, float32.

    All log-probs are multiples of 1/64, so that a tie is exact in any order of adding.
    """
    yield "1 pair, β = 0.1", {**batch(rng, 1), "beta": 0.1}
    yield "5 pairs, β = 2", {**batch(rng, 5), "beta": 2.0}
    yield "8 pairs, ties of both kinds", {**tied(rng), "beta": 0.5}
    same = grid(rng.uniform(-60.0, -5.0, (2, 6)))
    yield "policy equal to the reference", {**named(*same, *same), "beta": 0.3}
    yield "margins of ±1000", extreme(rng)
    arrays = {name: one.astype(np.float32) for name, one in batch(rng, 7).items()}
    yield "7 pairs in float32", {**arrays, "beta": 0.7}


def named(*arrays):
    """The four tensors by their names."""
    return dict(zip(NAMES, arrays, strict=True))


def grid(values):
    """Rounded to multiples of 1/64."""
    return np.round(values * 64.0) / 64.0


def batch(rng, size):
    """Log-probs 5 nats around the reference; no tie."""
    while True:
        ref = grid(rng.uniform(-60.0, -5.0, (2, size)))
        policy = grid(ref + rng.normal(0.0, 5.0, (2, size)))
        gaps = (policy[0] - policy[1], policy[0] - policy[1] - ref[0] + ref[1])
        if np.all(np.abs(gaps) > 0.1):
            return named(*policy, *ref)


def tied(rng):
    """Two pairs with equal rewards, three with equal log-probs, three without a tie."""
    arrays = batch(rng, 8)
    moved = arrays["policy_chosen"][:2] - arrays["ref_chosen"][:2]
    arrays["policy_rejected"][:2] = arrays["ref_rejected"][:2] + moved
    arrays["policy_rejected"][2:5] = arrays["policy_chosen"][2:5]
    return arrays


def extreme(rng):
    """β h is +1000 twice, −1000 once."""
    ref = grid(rng.uniform(-1600.0, -1500.0, (2, 3)))
    away = 1000.0 * np.array([1.0, -1.0, 1.0])
    return {**named(ref[0] + away, ref[1] - away, *ref), "beta": 0.5}
