"""Park et al. 2024, arXiv:2403.19159; cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def rdpo_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    chosen_lengths: torch.Tensor,
    rejected_lengths: torch.Tensor,
    beta: float,
    alpha: float,
) -> torch.Tensor:
    """The mean over the batch of −log σ(β h + α(|y_w| − |y_l|)).

    Park et al. 2024, arXiv:2403.19159, the length-regularised objective. The plus gives
    a longer chosen answer credit for its length in advance, so its pair teaches less.
    """
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    longer = (chosen_lengths - rejected_lengths).to(h.dtype)
    return -F.logsigmoid(beta * h + alpha * longer).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Batches of 1 to 8 pairs, at the reference, far away, in float32.

    Each α is a sum of few powers of two: α times an int64 tensor is float32 in torch,
    and nobody shall fail for how 0.05 is rounded there.
    """
    one = batch(rng, 1, [9])
    yield "1 pair, chosen 9 tokens longer", {**one, "beta": 0.5, "alpha": 0.125}
    eight = batch(rng, 8, rng.integers(-20, 21, 8))
    yield "8 pairs, β = 0.1", {**eight, "beta": 0.1, "alpha": 0.0625}
    three = batch(rng, 3, [-12, 0, 5])
    yield "chosen shorter, as long, longer", {**three, "beta": 1.5, "alpha": 0.25}
    same = batch(rng, 4, [-30, -6, 6, 30], away=0.0)
    yield "policy equal to the reference", {**same, "beta": 0.3, "alpha": 0.0625}
    five = batch(rng, 5, rng.integers(-20, 21, 5))
    yield "5 pairs, α = 0", {**five, "beta": 0.2, "alpha": 0.0}
    yield "margins of ±1000", extreme(rng)
    four = batch(rng, 4, [-15, 3, 8, 20])
    low = {name: four[name].astype(np.float32) for name in NAMES}
    yield "4 pairs in float32", {**four, **low, "beta": 0.7, "alpha": 0.0625}


def batch(rng, size, longer, away=2.0):
    """Answers of 8 to 80 tokens; chosen has so many tokens more than rejected."""
    ref = rng.uniform(-60.0, -10.0, (2, size))
    policy = ref + away * rng.normal(0.0, 1.0, (2, size))
    return {**dict(zip(NAMES, (*policy, *ref), strict=True)), **lengths(rng, longer)}


def lengths(rng, longer):
    """Two int64 arrays with these differences."""
    longer = np.array(longer, np.int64)
    shortest = rng.integers(8, 50, len(longer))
    chosen = shortest + np.maximum(longer, 0)
    return {"chosen_lengths": chosen, "rejected_lengths": chosen - longer}


def extreme(rng):
    """By the log-ratios and by the lengths the margins reach ±1000 and ±1500."""
    ref = rng.uniform(-2100.0, -2000.0, (2, 4))
    away = np.array([1000.0, -1000.0, 1000.0, -1000.0])
    arrays = (ref[0] + away, ref[1] - away, *ref)
    tokens = lengths(rng, [9, -7, 2000, -2000])
    pairs = dict(zip(NAMES, arrays, strict=True))
    return {**pairs, **tokens, "beta": 0.5, "alpha": 0.25}
