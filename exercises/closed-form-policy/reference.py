"""Rafailov et al. 2023, equation 4; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def closed_form_policy(
    ref_probs: torch.Tensor, rewards: torch.Tensor, beta: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """ref · exp(r / β) / Z and log Z: Rafailov et al. 2023, equation 4."""
    scores = ref_probs.log() + rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)


def cases(rng):
    """1 to 8 answers, both ends of β, zeros in the reference, huge rewards, float32."""
    beta = float(rng.choice([0.5, 2.0, 3.0]))
    yield f"3 answers, β = {beta:g}", case(rng, 3, beta)
    beta = float(rng.choice([0.3, 0.7, 1.5]))
    yield f"8 answers, β = {beta:g}", case(rng, 8, beta)
    yield "1 answer, β = 2", case(rng, 1, 2.0)
    yield "5 answers, β = 1000", case(rng, 5, 1000.0)
    yield "4 answers, β = 0.001, rewards close together", close(rng)
    yield "the reference never gives the best answer", without(rng)
    yield "rewards of ±10,000, β = 0.001", extreme(rng)
    small = case(rng, 6, 0.8)
    arrays = {name: small[name].astype(np.float32) for name in ("ref_probs", "rewards")}
    yield "6 answers in float32, β = 0.8", {**arrays, "beta": 0.8}


def case(rng, size, beta):
    """A reference far from uniform; rewards of about 1."""
    weights = rng.uniform(0.1, 1.0, size)
    rewards = rng.normal(0.0, 1.0, size)
    return {"ref_probs": weights / weights.sum(), "rewards": rewards, "beta": beta}


def close(rng):
    """Rewards 0.0003 to 0.0015 apart, so that β = 0.001 still leaves a choice."""
    one = case(rng, 4, 0.001)
    one["rewards"] = 5.0 + np.cumsum(rng.uniform(0.0003, 0.0015, 4))
    return one


def without(rng):
    """The highest reward, by 1000, stands where the reference is 0."""
    one = case(rng, 5, 0.4)
    place = int(rng.integers(5))
    one["rewards"][place] += 1000.0
    one["ref_probs"][place] = 0.0
    one["ref_probs"] /= one["ref_probs"].sum()
    return one


def extreme(rng):
    """log Z is about 10⁷. Two answers share the highest reward that is possible."""
    one = case(rng, 5, 0.001)
    one["ref_probs"][4] = 0.0
    one["ref_probs"] /= one["ref_probs"].sum()
    one["rewards"] = np.array([-1e4, 9e3, -1e4, 9e3, 1e4])
    return one
