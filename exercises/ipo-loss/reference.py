"""Azar et al. 2023, arXiv:2310.12036, equation 17; cases drawn for every submission."""

import numpy as np
import torch


def ipo_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    tau: float,
) -> torch.Tensor:
    """The mean over the batch of (h − 1/(2τ))², h in nats (Azar et al. 2023, Eq. 17).

    The gap stops at the target even if all labels agree; above it the pull turns round.
    """
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return (h - 1 / (2 * tau)).square().mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Batches of 1 to 8 pairs, at the reference, at the target, far away, float32."""
    yield "1 pair, τ = 0.1", {**batch(rng, 1), "tau": 0.1}
    yield "8 pairs, τ = 0.02", {**batch(rng, 8), "tau": 0.02}
    yield "3 pairs, τ = 2", {**batch(rng, 3), "tau": 2.0}
    same = with_gaps(rng, [0.0] * 4)
    yield "policy equal to the reference, τ = 0.3", {**same, "tau": 0.3}
    around = with_gaps(rng, [3.5, 5.0, 9.0])
    yield "below, at and above the target, τ = 0.1", {**around, "tau": 0.1}
    far = with_gaps(rng, [1000.0, -1000.0, 1000.0, -1000.0])
    yield "gaps of ±1000, τ = 0.05", {**far, "tau": 0.05}
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 5).items()}
    yield "5 pairs in float32, τ = 0.2", {**arrays, "tau": 0.2}


def batch(rng, size):
    """Log-probs as answers of 10 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -10.0, (2, size))
    policy = ref + rng.normal(0.0, 2.0, (2, size))
    return dict(zip(NAMES, (*policy, *ref), strict=True))


def with_gaps(rng, gaps):
    """Pairs with these gaps h; half of each is chosen's gain, half rejected's loss."""
    half = np.array(gaps) / 2
    ref = rng.uniform(-640.0, -600.0, (2, len(gaps)))
    arrays = (ref[0] + half, ref[1] - half, *ref)
    return dict(zip(NAMES, arrays, strict=True))
