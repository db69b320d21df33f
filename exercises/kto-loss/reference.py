"""Ethayarajh et al. 2024, arXiv:2402.01306; cases drawn for every submission."""

import numpy as np
import torch


def kto_loss(
    policy_logps: torch.Tensor,
    ref_logps: torch.Tensor,
    desirable: torch.Tensor,
    kl_policy_logps: torch.Tensor,
    kl_ref_logps: torch.Tensor,
    beta: float,
    weight_desirable: float,
    weight_undesirable: float,
) -> torch.Tensor:
    """The mean over all answers of λ(1 − σ(±β(log-ratio − z))), z = max(0, KL).

    Ethayarajh et al. 2024, arXiv:2402.01306, Eq. 7; + for desirable answers, − for the
    others, each with its own λ. No gradient flows through z.
    """
    z = (kl_policy_logps - kl_ref_logps).mean().clamp(min=0).detach()
    x = beta * (policy_logps - ref_logps - z)
    good = weight_desirable * (1 - torch.sigmoid(x))
    bad = weight_undesirable * (1 - torch.sigmoid(-x))
    return torch.where(desirable, good, bad).mean()


LOGPS = ("policy_logps", "ref_logps", "kl_policy_logps", "kl_ref_logps")


def cases(rng):
    """Both kinds and one alone; z above 0 and cut off; far away; float32."""
    one = batch(rng, "+", 3, kl=1.5)
    yield "1 desirable answer", {**one, **constants(0.5, 1.0, 1.0)}
    mixed = batch(rng, "+-+--+-+", 5, kl=2.0)
    yield "8 answers, 4 of them desirable", {**mixed, **constants(0.3, 1.0, 1.5)}
    below = batch(rng, "-++", 4, kl=-1.5)
    yield "3 answers, KL estimate below 0", {**below, **constants(0.7, 1.33, 1.0)}
    good = batch(rng, "++++", 2, kl=0.8)
    yield "4 answers, all desirable", {**good, **constants(0.2, 1.2, 0.9)}
    bad = batch(rng, "-----", 1, kl=1.0)
    yield "5 answers, none desirable", {**bad, **constants(1.5, 1.0, 0.7)}
    same = batch(rng, "+-+", 5, kl=0.0, away=0.0)
    yield "policy equal to the reference", {**same, **constants(0.1, 1.0, 2.0)}
    yield "log-ratios of ±1000", {**extreme(rng), **constants(0.5, 1.0, 1.25)}
    low = batch(rng, "-+-++-", 4, kl=1.2)
    low = {**low, **{name: low[name].astype(np.float32) for name in LOGPS}}
    yield "6 answers in float32", {**low, **constants(0.4, 1.0, 1.33)}


def batch(rng, kinds, others, kl, away=2.0):
    """Answers of 10 to 40 tokens; the mean log-ratio of the other answers is `kl`."""
    ref, kl_ref = rng.uniform(-60.0, -10.0, (2, 8))
    ref, kl_ref = ref[: len(kinds)], kl_ref[:others]
    policy = ref + away * rng.normal(0.0, 1.0, len(kinds))
    spread = away * rng.normal(0.0, 1.5, others)
    return named(kinds, policy, ref, kl_ref + spread - spread.mean() + kl, kl_ref)


def extreme(rng):
    """Log-ratios of +1000 and −1000 for both kinds."""
    ref, kl_ref = rng.uniform(-1160.0, -1110.0, (2, 4))
    away = np.array([1000.0, -1000.0, 1000.0, -1000.0])
    return named("+-" + "-+", ref + away, ref, kl_ref[:3] + 0.5, kl_ref[:3])


def named(kinds, policy, ref, kl_policy, kl_ref):
    desirable = np.array([kind == "+" for kind in kinds])
    first = {"policy_logps": policy, "ref_logps": ref, "desirable": desirable}
    return {**first, "kl_policy_logps": kl_policy, "kl_ref_logps": kl_ref}


def constants(beta, desirable, undesirable):
    weights = {"weight_desirable": desirable, "weight_undesirable": undesirable}
    return {"beta": beta, **weights}
