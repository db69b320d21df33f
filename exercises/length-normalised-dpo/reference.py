"""Length-normalised DPO, as in Tülu 3; cases are drawn afresh for every submission."""

import numpy as np
import torch
import torch.nn.functional as F


def length_normalised_dpo(
    policy_chosen: torch.Tensor,
    policy_rejected: torch.Tensor,
    ref_chosen: torch.Tensor,
    ref_rejected: torch.Tensor,
    chosen_lengths: torch.Tensor,
    rejected_lengths: torch.Tensor,
    beta: float,
) -> torch.Tensor:
    """The mean over the batch of −log σ(β(d_w/|y_w| − d_l/|y_l|)), d a log-ratio.

    Lambert et al. 2024, arXiv:2411.15124 (Tülu 3), the length-normalised DPO objective.
    """
    chosen = (policy_chosen - ref_chosen) / chosen_lengths
    rejected = (policy_rejected - ref_rejected) / rejected_lengths
    return -F.logsigmoid(beta * (chosen - rejected)).mean()


NAMES = ("policy_chosen", "policy_rejected", "ref_chosen", "ref_rejected")
ODD = ((7, 13), (23, 31), (41, 57))  # their inverses are not exact in binary


def cases(rng):
    """Batches of 1 to 8 pairs, at the reference, far away, near cancelling, float32."""
    yield "1 pair, β = 5", {**batch(rng, [12], [31]), "beta": 5.0}
    drawn = rng.integers(3, 60, 8), rng.integers(3, 60, 8)
    yield "8 pairs, β = 10", {**batch(rng, *drawn), "beta": 10.0}
    some = batch(rng, [1, 25, 2000], [18, 25, 1])
    yield "1, 25 and 2000 tokens, β = 2", {**some, "beta": 2.0}
    same = batch(rng, [9, 40, 17, 3], [30, 8, 17, 5], away=0.0)
    yield "policy equal to the reference", {**same, "beta": 0.1}
    yield "margins of ±1000", far(rng, ((3, 11), (17, 6), (5, 9), (14, 7)), 1000.0)
    yield "large log-ratios that almost cancel", cancelling(rng)
    five = batch(rng, rng.integers(3, 60, 5), rng.integers(3, 60, 5))
    low = {name: five[name].astype(np.float32) for name in NAMES}
    yield "5 pairs in float32", {**five, **low, "beta": 3.0}


def batch(rng, chosen, rejected, away=0.4):
    """About −2 nats a token; the policy is `away` nats a token from the reference."""
    tokens = np.array([chosen, rejected], np.int64)
    ref = rng.uniform(-3.0, -1.0, tokens.shape) * tokens
    policy = ref + away * rng.normal(0.0, 1.0, tokens.shape) * tokens
    return together(policy, ref, tokens)


def far(rng, lengths, margin):
    """Margins of ± `margin` in turn."""
    tokens = np.array(lengths, np.int64).T
    signs = np.array([[1.0, -1.0] * (len(lengths) // 2)])
    ref = rng.uniform(-1200.0, -1100.0, tokens.shape) * tokens
    away = np.concatenate([signs, -signs]) * margin / 2 / 2.0
    return {**together(ref + away * tokens, ref, tokens), "beta": 2.0}


def cancelling(rng):
    """Both log-ratios are about −900 nats a token; they differ by less than 1."""
    tokens = np.array(ODD, np.int64).T
    ref = rng.uniform(-3.0, -1.0, tokens.shape) * tokens
    away = -900.0 + rng.uniform(-0.5, 0.5, tokens.shape)
    return {**together(ref + away * tokens, ref, tokens), "beta": 2.0}


def together(policy, ref, tokens):
    """The arguments but for β."""
    pairs = dict(zip(NAMES, (*policy, *ref), strict=True))
    return {**pairs, "chosen_lengths": tokens[0], "rejected_lengths": tokens[1]}
