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
    """The mean over the batch of −log σ(β h): Rafailov et al. 2023, equation 7."""
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Batches of 1 to 8 pairs, margins of ±1000, float32, policy = reference."""
    yield batch_case(rng, (1, 1), (0.1,))
    yield batch_case(rng, (2, 4), (0.05, 0.2))
    yield batch_case(rng, (5, 7), (0.3, 0.5, 0.7))
    yield batch_case(rng, (8, 8), (1.5, 2.0), learnt=5)
    yield "margins of ±1000", extreme(rng)
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 4).items()}
    yield "4 pairs in float32", {**arrays, "beta": float(rng.choice((0.2, 0.5)))}
    yield "policy = reference, 3 pairs", same(rng)


def batch_case(rng, sizes, betas, learnt=0):
    """A name and its arguments: sizes from … to, one of the β.

    The first `learnt` pairs get margins of 8 to 10: their gradients are small, and
    whoever computes them in float32 is off in the seventh digit.
    """
    size = int(rng.integers(sizes[0], sizes[1] + 1))
    beta = float(rng.choice(betas))
    given = batch(rng, size)
    pc, pr, rc, rr = (given[name][:learnt] for name in NAMES)
    pc[:] = rc + (pr - rr) + rng.uniform(8.0, 10.0, learnt) / beta
    pairs = "pair" if size == 1 else "pairs"
    return f"{size} {pairs}, β = {beta:g}", {**given, "beta": beta}


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
