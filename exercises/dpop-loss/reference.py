"""Pal et al. 2024, arXiv:2402.13228; cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def dpop_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float,
    lam: float,
) -> torch.Tensor:
    """The mean over the batch of −log σ(β(h − λ max(0, log ref_w − log π_w))).

    Pal et al. 2024, arXiv:2402.13228, the DPOP loss. While chosen is below the
    reference, the slope by its log-prob is 1 + λ times as steep.
    """
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    fallen = torch.relu(ref_chosen - policy_chosen)
    return -F.logsigmoid(beta * (h - lam * fallen)).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")
ABOVE, BELOW = [1.0], [-1.0]


def cases(rng):
    """Chosen above, below, mixed; λ from 0 to 50; far away; float32."""
    yield "1 pair, chosen below", {**batch(rng, BELOW), "beta": 0.3, "lam": 2.0}
    yield "4 pairs, chosen above", {**batch(rng, ABOVE * 4), "beta": 0.5, "lam": 5.0}
    mixed = batch(rng, ABOVE * 4 + BELOW * 4)
    yield "8 pairs, 4 of them below", {**mixed, "beta": 0.1, "lam": 5.0}
    mixed = batch(rng, BELOW * 2 + ABOVE)
    yield "3 pairs, λ = 0", {**mixed, "beta": 1.5, "lam": 0.0}
    mixed = batch(rng, BELOW * 2 + ABOVE * 3)
    yield "5 pairs, λ = 50", {**mixed, "beta": 0.05, "lam": 50.0}
    yield "margins of ±1000 and beyond", extreme(rng)
    mixed = batch(rng, ABOVE * 2 + BELOW * 2)
    arrays = {name: a.astype(np.float32) for name, a in mixed.items()}
    yield "4 pairs in float32", {**arrays, "beta": 0.2, "lam": 3.0}


def batch(rng, sides):
    """Log-probs as answers of 10 to 40 tokens have them; each chosen answer 0.05 to 2
    nats above (1) or below (−1) the reference, so never at the kink."""
    size = len(sides)
    ref = rng.uniform(-60.0, -10.0, (2, size))
    chosen = ref[0] + np.array(sides) * rng.uniform(0.05, 2.0, size)
    rejected = ref[1] + rng.normal(-0.5, 1.5, size)
    return dict(zip(NAMES, (chosen, rejected, *ref), strict=True))


def extreme(rng):
    """Without the penalty, β h is +1000 and −1000 in turn; two chosen answers fell."""
    beta = 0.5
    ref = rng.uniform(-1640.0, -1600.0, (2, 4))
    away = np.array([1000.0, -1000.0, 500.0, -1500.0])
    other = np.array([-1000.0, 1000.0, -1500.0, 500.0])
    arrays = (ref[0] + away, ref[1] + other, *ref)
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": beta, "lam": 1.5}
