"""Rafailov et al. 2023, the gradient below equation 7, by log-probs instead of by θ."""

import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    """∓ β σ(−β h) / B."""
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    weight = np.exp(-np.logaddexp(0.0, beta * h))  # σ(−β h), finite at every h
    gradient = beta * weight / len(h)
    return -gradient, gradient


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")
BETAS = (0.05, 0.2, 0.3, 0.5, 0.7, 1.5, 2.0)


def cases(rng):
    """Batches of 1 to 8 pairs, and one with margins of ±1000."""
    sizes = (1, int(rng.integers(2, 5)), int(rng.integers(5, 8)), 8)
    betas = (0.1, *rng.permutation(BETAS)[:3].tolist())
    for size, beta in zip(sizes, betas, strict=True):
        pairs = "pair" if size == 1 else "pairs"
        yield f"{size} {pairs}, β = {beta:g}", {**batch(rng, size), "beta": beta}
    yield "margins of ±1000", extreme(rng)


def batch(rng, size):
    """Log-probs as answers of 5 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -5.0, (2, size))
    policy = ref + rng.normal(0.0, 2.0, (2, size))
    return dict(zip(NAMES, (*policy, *ref), strict=True))


def extreme(rng):
    """β h is +1000 and −1000 in turn."""
    ref = rng.uniform(-1600.0, -1500.0, (2, 4))
    away = 1000.0 * np.array([1.0, -1.0, -1.0, 1.0])
    arrays = (ref[0] + away, ref[1] - away, *ref)
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": 0.5}
