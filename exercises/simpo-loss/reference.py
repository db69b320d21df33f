"""Meng et al. 2024, arXiv:2405.14734; cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def simpo_loss(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    chosen_lengths: torch.Tensor,
    rejected_lengths: torch.Tensor,
    beta: float,
    gamma: float,
) -> torch.Tensor:
    """The mean over the batch of −log σ(β(log π_w/|y_w| − log π_l/|y_l|) − γ).

    Meng et al. 2024, arXiv:2405.14734, the SimPO objective; γ stands outside β.
    """
    chosen = policy_chosen / chosen_lengths
    rejected = policy_rejected / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected) - gamma).mean()


ODD = ((7, 13), (23, 31), (41, 57))  # their inverses are not exact in binary


def cases(rng):
    """Batches of 1 to 8 pairs, far away, almost cancelling, in float32."""
    one = batch(rng, [12], [31])
    yield "1 pair, β = 2, γ = 0.6", {**one, "beta": 2.0, "gamma": 0.6}
    drawn = rng.integers(3, 60, 8), rng.integers(3, 60, 8)
    yield "8 pairs, β = 10, γ = 3", {**batch(rng, *drawn), "beta": 10.0, "gamma": 3.0}
    some = batch(rng, [1, 25, 2000], [18, 25, 1])
    yield "1, 25 and 2000 tokens", {**some, "beta": 2.5, "gamma": 1.4}
    four = batch(rng, rng.integers(3, 60, 4), rng.integers(3, 60, 4))
    yield "4 pairs, γ = 0", {**four, "beta": 0.5, "gamma": 0.0}
    means = (-1.0, -1001.0), (-1001.0, -1.0), (-2.0, -1002.0), (-1003.0, -3.0)
    far = with_means(((3, 11), (17, 6), (5, 9), (14, 7)), means)
    yield "margins of ±1000", {**far, "beta": 1.0, "gamma": 0.5}
    means = -900.0 + rng.uniform(-0.5, 0.5, (len(ODD), 2))
    near = with_means(ODD, means)
    yield "large log-probs that almost cancel", {**near, "beta": 2.0, "gamma": 0.4}
    five = batch(rng, rng.integers(3, 60, 5), rng.integers(3, 60, 5))
    low = {name: five[name].astype(np.float32) for name in list(five)[:2]}
    yield "5 pairs in float32", {**five, **low, "beta": 3.0, "gamma": 0.9}


def batch(rng, chosen, rejected):
    """Log-probs of −0.5 to −2 nats a token."""
    lengths = list(zip(chosen, rejected, strict=True))
    return with_means(lengths, rng.uniform(-2.0, -0.5, (len(lengths), 2)))


def with_means(lengths, means):
    """Answers of these lengths with these mean log-probs; the arguments but β and γ."""
    tokens = np.array(lengths, np.int64)
    chosen, rejected = (tokens * np.array(means)).T.copy()
    pairs = {"policy_chosen": chosen, "policy_rejected": rejected}
    of_chosen, of_rejected = tokens.T.copy()
    return {**pairs, "chosen_lengths": of_chosen, "rejected_lengths": of_rejected}
