"""Schulman et al. 2016, arXiv:1506.02438, equation 16, over the tokens of answers."""

import numpy as np
import torch


def gae(
    rewards: torch.Tensor,
    values: torch.Tensor,
    mask: torch.Tensor,
    gamma: float,
    lam: float,
) -> tuple[torch.Tensor, torch.Tensor]:
    """A_t = δ_t + γλ A_{t+1} backwards over each answer (Schulman 2016, Eq. 16)."""
    advantages = torch.zeros_like(rewards)
    advantage = value = torch.zeros_like(rewards[:, 0])
    for t in reversed(range(rewards.shape[1])):
        delta = rewards[:, t] + gamma * value - values[:, t]
        advantage = (delta + gamma * lam * advantage) * mask[:, t]
        value = values[:, t] * mask[:, t]
        advantages[:, t] = advantage
    return advantages, advantages + values * mask


def cases(rng):
    """Prompts and padding, the ends of γ and λ, a single token, float32."""
    yield "1 answer, γ = 1, λ = 0.95", batch(rng, 1, 7, 1.0, 0.95)
    yield "8 answers, γ = 0.9, λ = 0.8", batch(rng, 8, 9, 0.9, 0.8)
    yield "λ = 0: one step ahead", batch(rng, 3, 6, 0.95, 0.0)
    yield "λ = 1: to the end", batch(rng, 3, 6, 0.9, 1.0)
    yield "γ = 0: no future", batch(rng, 2, 6, 0.0, 0.5)
    yield "one place only, T = 1", {**batch(rng, 2, 1, 0.9, 0.9)}
    yield "whole rows, γ = 0.99, λ = 0.9", whole(rng)
    single = batch(rng, 4, 8, 0.98, 0.7)
    arrays = {name: single[name].astype(np.float32) for name in ("rewards", "values")}
    yield "float32, γ = 0.98, λ = 0.7", {**single, **arrays}


def batch(rng, rows, tokens, gamma, lam):
    """A prompt (perhaps none), an answer, padding; numbers everywhere."""
    mask = np.ones((rows, tokens), bool)
    for row in range(rows):
        if tokens > 1:
            start = int(rng.integers(0, tokens - 3))
            end = int(rng.integers(start + 2, tokens))
            mask[row, :start] = mask[row, end:] = False
    rewards, values = rng.normal(0.0, 1.0, (2, rows, tokens))
    return {
        "rewards": rewards,
        "values": values,
        "mask": mask,
        "gamma": gamma,
        "lam": lam,
    }


def whole(rng):
    """Answers without prompt and padding."""
    drawn = batch(rng, 4, 5, 0.99, 0.9)
    return {**drawn, "mask": np.ones((4, 5), bool)}
