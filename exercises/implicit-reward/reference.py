"""Rafailov et al. 2023, equation 5; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def implicit_reward(
    policy_logps: torch.Tensor, ref_logps: torch.Tensor, beta: float
) -> torch.Tensor:
    """β log(π / ref): Rafailov et al. 2023, equation 5 without β log Z."""
    return beta * (policy_logps - ref_logps)


def cases(rng):
    """1 to 8 answers, several β, policy = reference, long answers, float32."""
    yield "1 answer, β = 0.1", {**batch(rng, 1), "beta": 0.1}
    size, beta = int(rng.integers(2, 6)), float(rng.choice([0.3, 0.5, 0.7]))
    yield f"{size} answers, β = {beta:g}", {**batch(rng, size), "beta": beta}
    yield "8 answers, β = 2", {**batch(rng, 8), "beta": 2.0}
    ref = rng.uniform(-60.0, -5.0, 4)
    same = {"policy_logps": ref, "ref_logps": ref.copy()}
    yield "policy equal to the reference", {**same, "beta": 0.2}
    yield "answers of thousands of nats", {**extreme(rng), "beta": 0.05}
    arrays = {name: a.astype(np.float32) for name, a in batch(rng, 5).items()}
    yield "5 answers in float32, β = 0.4", {**arrays, "beta": 0.4}


def batch(rng, size):
    """Log-probs as answers of 5 to 40 tokens have them, the policy 2 nats away."""
    ref = rng.uniform(-60.0, -5.0, size)
    return {"policy_logps": ref + rng.normal(0.0, 2.0, size), "ref_logps": ref}


def extreme(rng):
    """Log-ratios of ±1000 and more."""
    ref = rng.uniform(-5000.0, -4000.0, 4)
    away = rng.uniform(1000.0, 1500.0, 4) * np.array([1.0, -1.0, -1.0, 1.0])
    return {"policy_logps": ref + away, "ref_logps": ref}
