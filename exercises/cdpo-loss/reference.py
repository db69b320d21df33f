"""cDPO, Mitchell 2023; the cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def cdpo_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    beta: float,
    epsilon: float,
) -> torch.Tensor:
    """The mean of −(1 − ε) log σ(m) − ε log σ(−m), m = β h.

    Mitchell, "A note on DPO with noisy preferences & relationship to IPO". Each pair's
    loss is least at the finite margin log((1 − ε)/ε).
    """
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    right, turned = F.logsigmoid(beta * h), F.logsigmoid(-beta * h)
    return (-(1 - epsilon) * right - epsilon * turned).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")


def cases(rng):
    """Batches of 1 to 8 pairs, at the reference, at the optimum, far away, float32."""
    yield "1 pair, β = 0.5, ε = 0.1", {**batch(rng, 1), "beta": 0.5, "epsilon": 0.1}
    yield "8 pairs, β = 0.2, ε = 0.3", {**batch(rng, 8), "beta": 0.2, "epsilon": 0.3}
    yield "3 pairs, β = 1.5, ε = 0", {**batch(rng, 3), "beta": 1.5, "epsilon": 0.0}
    same = with_margins(rng, [0.0] * 4, 0.1)
    yield "policy equal to the reference, ε = 0.2", {**same, "epsilon": 0.2}
    best = with_margins(rng, [np.log(9.0), 3.0, np.log(9.0)], 0.7)
    yield "two of three pairs at the optimum, ε = 0.1", {**best, "epsilon": 0.1}
    far = with_margins(rng, [1000.0, -1000.0, 1000.0, -1000.0], 0.5)
    yield "margins of ±1000, ε = 0.4", {**far, "epsilon": 0.4}
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 5).items()}
    yield "5 pairs in float32, ε = 0.2", {**arrays, "beta": 0.3, "epsilon": 0.2}


def batch(rng, size):
    """Log-probs as answers of 10 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -10.0, (2, size))
    policy = ref + rng.normal(0.0, 2.0, (2, size))
    return dict(zip(NAMES, (*policy, *ref), strict=True))


def with_margins(rng, margins, beta):
    """Pairs with these margins β h, and β."""
    half = np.array(margins) / beta / 2
    ref = rng.uniform(-1140.0, -1100.0, (2, len(margins)))
    arrays = (ref[0] + half, ref[1] - half, *ref)
    return {**dict(zip(NAMES, arrays, strict=True)), "beta": beta}
