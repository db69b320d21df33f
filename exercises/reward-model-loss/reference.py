"""Rafailov et al. 2023, equation 2; the cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def reward_model_loss(
    chosen_rewards: torch.Tensor, rejected_rewards: torch.Tensor
) -> torch.Tensor:
    """The mean of −log σ(r_w − r_l): Rafailov et al. 2023, equation 2."""
    return -F.logsigmoid(chosen_rewards - rejected_rewards).mean()


def cases(rng):
    """1 to 8 pairs, another level, equal rewards, differences of ±1000, float32."""
    yield "1 pair", batch(rng, 1)
    size = int(rng.integers(2, 5))
    yield f"{size} pairs", batch(rng, size)
    yield "8 pairs, rewards around 30", batch(rng, 8, 30.0)
    yield "5 pairs with equal rewards", equal(rng)
    yield "differences of ±1000", extreme(rng)
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 4).items()}
    yield "4 pairs in float32", arrays


def batch(rng, size, level=0.0):
    """Differences of 0.3 to 3 nats; either sign."""
    rejected = level + rng.normal(0.0, 2.0, size)
    gap = rng.uniform(0.3, 3.0, size) * rng.choice([-1.0, 1.0], size)
    return {"chosen_rewards": rejected + gap, "rejected_rewards": rejected}


def equal(rng):
    """No difference at all: the loss is ln 2."""
    rewards = rng.normal(0.0, 2.0, 5)
    return {"chosen_rewards": rewards, "rejected_rewards": rewards.copy()}


def extreme(rng):
    """+1000 and −1000 in turn."""
    rejected = rng.normal(0.0, 2.0, 4)
    away = 1000.0 * np.array([1.0, -1.0, -1.0, 1.0])
    return {"chosen_rewards": rejected + away, "rejected_rewards": rejected}
