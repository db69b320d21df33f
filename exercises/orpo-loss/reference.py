"""Hong et al. 2024, arXiv:2403.07691; cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def orpo_loss(
    chosen_mean_logps: torch.Tensor, rejected_mean_logps: torch.Tensor, lam: float
) -> torch.Tensor:
    """The mean of −x_w − λ log σ(log odds_w − log odds_l); odds p / (1 − p), p = exp x.

    Hong et al. 2024, arXiv:2403.07691, Eq. 6. −expm1(x) is 1 − p with all its digits.
    """
    chosen = chosen_mean_logps - torch.log(-torch.expm1(chosen_mean_logps))
    rejected = rejected_mean_logps - torch.log(-torch.expm1(rejected_mean_logps))
    return (-chosen_mean_logps - lam * F.logsigmoid(chosen - rejected)).mean()


def cases(rng):
    """Batches of 1 to 8 pairs, equal answers, both ends of the range, float32."""
    yield "1 pair, λ = 0.1", {**batch(rng, 1), "lam": 0.1}
    yield "8 pairs, λ = 0.25", {**batch(rng, 8), "lam": 0.25}
    yield "3 pairs, λ = 2", {**batch(rng, 3), "lam": 2.0}
    same = rng.uniform(-3.0, -0.1, 4)
    yield "chosen as likely as rejected", {**named(same, same.copy()), "lam": 0.5}
    chosen = np.array([-1e-6, -30.0, -1e-6, -30.0, -12.0])
    rejected = np.array([-30.0, -1e-6, -1e-6, -30.0, -2e-6])
    yield "−1e-6 and −30 nats a token", {**named(chosen, rejected), "lam": 0.5}
    near = -np.exp(rng.uniform(np.log(2e-6), np.log(4e-5), (2, 6)))
    yield "6 pairs near 0 in float32", {**named(*near.astype(np.float32)), "lam": 0.75}
    some = rng.uniform(-3.0, -0.1, (2, 5)).astype(np.float32)
    yield "5 pairs in float32", {**named(*some), "lam": 0.4}


def batch(rng, size):
    """Mean log-probs of −0.1 to −3 nats a token."""
    return named(*rng.uniform(-3.0, -0.1, (2, size)))


def named(chosen, rejected):
    return {"chosen_mean_logps": chosen, "rejected_mean_logps": rejected}
