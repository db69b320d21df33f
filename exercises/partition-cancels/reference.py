"""Rafailov et al. 2023, equation 6; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def preference_probability(
    policy_logps: torch.Tensor, ref_logps: torch.Tensor, beta: float
) -> torch.Tensor:
    """σ(r̂₁ − r̂₂) with r̂ = β log(π / ref): Rafailov et al. 2023, equation 6."""
    rewards = beta * (policy_logps - ref_logps)
    return torch.sigmoid(rewards[:, 0] - rewards[:, 1])


def cases(rng):
    """1 to 8 prompts, constants of two sizes, policy = reference, extremes, float32."""
    yield "1 prompt, β = 0.1", {**batch(rng, 1), "beta": 0.1}
    size, beta = int(rng.integers(2, 6)), float(rng.choice([0.3, 0.5, 0.7]))
    yield f"{size} prompts, β = {beta:g}", {**batch(rng, size), "beta": beta}
    shifted = batch(rng, 8, rng.uniform(-8.0, 8.0, (8, 1)))
    yield "8 prompts, unnormalised by up to 8 nats", {**shifted, "beta": 0.4}
    shifted = batch(rng, 4, 1e4 * np.array([[1.0], [-1.0], [-1.0], [1.0]]))
    yield "4 prompts, unnormalised by ±10,000 nats", {**shifted, "beta": 1.5}
    ref = rng.uniform(-60.0, -5.0, (3, 2))
    same = {"policy_logps": ref, "ref_logps": ref.copy()}
    yield "policy equal to the reference", {**same, "beta": 0.2}
    yield "margins of ±1000", {**extreme(rng), "beta": 0.5}
    small = batch(rng, 5, rng.uniform(-3.0, 3.0, (5, 1)))
    arrays = {name: a.astype(np.float32) for name, a in small.items()}
    yield "5 prompts in float32, β = 0.6", {**arrays, "beta": 0.6}


def batch(rng, size, shift=0.0):
    """Answers of 5 to 40 tokens, the policy some nats away, shifted row by row."""
    ref = rng.uniform(-60.0, -5.0, (size, 2))
    away = rng.uniform(0.5, 3.0, (size, 2)) * rng.choice([-1.0, 1.0], (size, 1))
    away[:, 1] *= -1.0
    return {"policy_logps": ref + away + shift, "ref_logps": ref}


def extreme(rng):
    """β h is +1000 and −1000 in turn."""
    ref = rng.uniform(-1600.0, -1500.0, (4, 2))
    away = 1000.0 * np.array([[1.0, -1.0], [-1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]])
    return {"policy_logps": ref + away, "ref_logps": ref}
