"""Schulman 2020; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def kl_estimates(
    logp: torch.Tensor, logq: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """k1, k2 and k3 of Schulman 2020, "Approximating KL divergence", with r = q/p."""
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()


def cases(rng):
    """1 to 200 samples, a k1 below 0, p equal to q, large log-ratios, float32."""
    yield "1 sample", samples(rng, 1)
    size = int(rng.integers(3, 9))
    yield f"{size} samples", samples(rng, size)
    yield "200 samples", samples(rng, 200)
    yield "6 samples, all likelier under q", below(rng)
    logp = rng.uniform(-40.0, -5.0, 4)
    yield "p equal to q", {"logp": logp, "logq": logp.copy()}
    yield "log-ratios up to ±50", extreme(rng)
    arrays = {name: a.astype(np.float32) for name, a in samples(rng, 7).items()}
    yield "7 samples in float32", arrays


def samples(rng, size):
    """Log-ratios of 0.3 to 1.5 nats, more of them where p is above q."""
    logp = rng.uniform(-6.0, -1.0, size)
    away = rng.uniform(0.3, 1.5, size) * rng.choice([-1.0, -1.0, 1.0], size)
    return {"logp": logp, "logq": logp + away}


def below(rng):
    """k1 is negative here, though no KL is."""
    logp = rng.uniform(-6.0, -2.0, 6)
    return {"logp": logp, "logq": logp + rng.uniform(0.3, 1.5, 6)}


def extreme(rng):
    """r from e⁻⁵⁰ to e⁵⁰."""
    logp = rng.uniform(-70.0, -60.0, 4)
    away = np.array([50.0, -50.0, 20.0, -30.0]) * rng.uniform(0.9, 1.0, 4)
    return {"logp": logp, "logq": logp + away}
