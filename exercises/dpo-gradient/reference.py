"""Rafailov et al. 2023, the gradient below equation 7, by log-probs instead of by θ."""

import numpy as np


def dpo_gradient(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    """∓ β σ(−β h) / B: Rafailov et al. 2023, section 4, by log-probs."""
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    weight = np.exp(-np.logaddexp(0.0, beta * h))  # σ(−β h), finite at every h
    gradient = beta * weight / len(h)
    return -gradient, gradient


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Batches of 1 to 8 pairs, margins of ±1000, policy = reference."""
    yield batch_case(rng, (1, 1), (0.1,))
    yield batch_case(rng, (2, 4), (0.05, 0.2))
    yield batch_case(rng, (5, 7), (0.3, 0.5, 0.7))
    yield batch_case(rng, (8, 8), (1.5, 2.0))
    yield "margins of ±1000", extreme(rng)
    yield "policy = reference, 3 pairs", same(rng)


def batch_case(rng, sizes, betas):
    """A name and its arguments: sizes from … to, one of the β."""
    size = int(rng.integers(sizes[0], sizes[1] + 1))
    beta = float(rng.choice(betas))
    pairs = "pair" if size == 1 else "pairs"
    return f"{size} {pairs}, β = {beta:g}", {**batch(rng, size), "beta": beta}


def batch(rng, size):
    """Log-probs as answers of 10 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -15.0, (2, size))
    policy = ref + rng.normal(0.0, 2.0, (2, size))
    return dict(zip(NAMES, (*policy, *ref), strict=True))


def extreme(rng):
    """β h is +1000 and −1000 in turn."""
    ref = rng.uniform(-1600.0, -1500.0, (2, 4))
    away = 1000.0 * np.array([1.0, -1.0, -1.0, 1.0])
    arrays = (ref[0] + away, ref[1] - away, *ref)
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": 0.5}


def same(rng):
    """Where every run starts: all margins are exactly 0."""
    ref = rng.uniform(-60.0, -15.0, (2, 3))
    arrays = (*ref.copy(), *ref)
    beta = float(rng.choice((0.2, 0.5, 1.5)))
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": beta}
