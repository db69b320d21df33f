"""Rafailov et al. 2023, equation 7; the cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def dpo_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float,
) -> torch.Tensor:
    """The mean over the batch of −log σ(β h)."""
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")
BETAS = (0.05, 0.2, 0.3, 0.5, 0.7, 1.5, 2.0)


def cases(rng):
    """Batches of 1 to 8 pairs, one with margins of ±1000, one in float32."""
    low_betas = rng.permutation(BETAS)
    sizes = (1, int(rng.integers(2, 5)), int(rng.integers(5, 8)), 8)
    for size, beta in zip(sizes, (0.1, *low_betas[:3].tolist()), strict=True):
        pairs = "pair" if size == 1 else "pairs"
        yield f"{size} {pairs}, β = {beta:g}", {**batch(rng, size), "beta": beta}
    yield "margins of ±1000", extreme(rng)
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 4).items()}
    yield "4 pairs in float32", {**arrays, "beta": float(low_betas[3])}


def batch(rng, size):
    """Log-probs as answers of 5 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -5.0, (2, size))
    policy = ref + rng.normal(0.0, 2.0, (2, size))
    return dict(zip(NAMES, (*policy, *ref), strict=True))


def extreme(rng):
    """β h is +1000 and −1000 in turn."""
    beta = 0.5
    ref = rng.uniform(-1600.0, -1500.0, (2, 4))
    away = 1000.0 * np.array([1.0, -1.0, -1.0, 1.0])
    arrays = (ref[0] + away, ref[1] - away, *ref)
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": beta}
