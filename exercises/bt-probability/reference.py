"""Bradley and Terry 1952; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def bt_probability(r_first: torch.Tensor, r_second: torch.Tensor) -> torch.Tensor:
    """σ(r_first − r_second): Rafailov et al. 2023, equation 1."""
    return torch.sigmoid(r_first - r_second)


def cases(rng):
    """1 to 8 prompts, levels far from 0, the ends of the range, float32."""
    yield "1 prompt", batch(rng, 1)
    size = int(rng.integers(2, 5))
    yield f"{size} prompts", batch(rng, size)
    yield "8 prompts, rewards around 500", batch(rng, 8, 500.0)
    yield "6 prompts, rewards around −800", batch(rng, 6, -800.0)
    yield "rewards of ±10,000", extreme(rng)
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 5).items()}
    yield "5 prompts in float32", arrays


def batch(rng, size, level=0.0):
    """Differences of 0.3 to 3 nats, of either sign."""
    second = level + rng.normal(0.0, 2.0, size)
    gap = rng.uniform(0.3, 3.0, size) * rng.choice([-1.0, 1.0], size)
    return {"r_first": second + gap, "r_second": second}


def extreme(rng):
    """The ends of the range against each other, equal ends, a close race up there."""
    gap = rng.uniform(0.5, 2.0)
    first = np.array([1e4, -1e4, 1e4, -1e4, 9990.0 + gap])
    second = np.array([-1e4, 1e4, 1e4, -1e4, 9990.0])
    return {"r_first": first, "r_second": second}
