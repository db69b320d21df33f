"""Rafailov et al. 2023, section 4: the weight in the gradient of the DPO loss."""

import numpy as np
import torch


def gradient_weight(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float,
) -> torch.Tensor:
    """σ(r̂_l − r̂_w), in the gradient of the loss (Rafailov et al. 2023, §4)."""
    reward_chosen = beta * (policy_chosen - ref_chosen)
    reward_rejected = beta * (policy_rejected - ref_rejected)
    return torch.sigmoid(reward_rejected - reward_chosen)


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """1 to 8 pairs, the policy at the reference, margins of ±1000, float32."""
    yield "1 pair, β = 0.1", {**batch(rng, 1), "beta": 0.1}
    yield "3 pairs, β = 0.5", {**batch(rng, 3), "beta": 0.5}
    yield "8 pairs, β = 2", {**batch(rng, 8), "beta": 2.0}
    same = rng.uniform(-60.0, -5.0, (2, 4))
    yield "policy equal to the reference", {**named(*same, *same), "beta": 0.3}
    yield "margins of ±1000", extreme(rng)
    arrays = {name: one.astype(np.float32) for name, one in batch(rng, 5).items()}
    yield "5 pairs in float32", {**arrays, "beta": 0.7}


def named(*arrays):
    """The four tensors by their names."""
    return dict(zip(NAMES, arrays, strict=True))


def batch(rng, size):
    """Log-probs as answers of 5 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -5.0, (2, size))
    return named(*(ref + rng.normal(0.0, 2.0, (2, size))), *ref)


def extreme(rng):
    """β h is +1000 and −1000 in turn."""
    ref = rng.uniform(-1600.0, -1500.0, (2, 4))
    away = 1000.0 * np.array([1.0, -1.0, -1.0, 1.0])
    return {**named(ref[0] + away, ref[1] - away, *ref), "beta": 0.5}
