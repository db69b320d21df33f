"""Ouyang et al. 2022, arXiv:2203.02155, equation 2, its KL penalty paid by token."""

import numpy as np
import torch


def kl_shaped_reward(
    scores: torch.Tensor,
    policy_logps: torch.Tensor,
    ref_logps: torch.Tensor,
    mask: torch.Tensor,
    kl_coef: float,
) -> torch.Tensor:
    """−kl_coef log(π/ref) by token, the score on the last one (Ouyang 2022, Eq. 2)."""
    rewards = -kl_coef * (policy_logps - ref_logps) * mask
    last = mask.shape[1] - 1 - mask.flip(1).int().argmax(dim=1)
    rewards[torch.arange(len(scores)), last] += scores
    return rewards


def cases(rng):
    """Prompts, padding and gaps; one token, no penalty, no drift, float32."""
    yield "1 answer, kl_coef = 0.1", batch(rng, 1, 7, 0.1)
    yield "8 answers, kl_coef = 0.5", batch(rng, 8, 9, 0.5)
    yield "gaps in the mask", gaps(rng)
    yield "answers of one token", one_token(rng)
    yield "kl_coef = 0", batch(rng, 3, 6, 0.0)
    same = batch(rng, 3, 6, 0.2)
    yield "policy equal to the reference", {**same, "ref_logps": same["policy_logps"]}
    single = batch(rng, 4, 6, 0.05)
    names = ("scores", "policy_logps", "ref_logps")
    arrays = {name: single[name].astype(np.float32) for name in names}
    yield "float32, kl_coef = 0.05", {**single, **arrays}


def batch(rng, rows, tokens, kl_coef):
    """A prompt, an answer of at least two tokens, padding; numbers everywhere."""
    mask = np.zeros((rows, tokens), bool)
    for row in range(rows):
        start = int(rng.integers(1, tokens - 3))
        mask[row, start : int(rng.integers(start + 2, tokens))] = True
    ref = rng.uniform(-5.0, -0.1, (rows, tokens))
    return {
        "scores": rng.normal(0.0, 3.0, rows),
        "policy_logps": ref + rng.normal(0.0, 1.0, (rows, tokens)),
        "ref_logps": ref,
        "mask": mask,
        "kl_coef": kl_coef,
    }


def gaps(rng):
    """True at places 1, 3 and 4, or 2 and 5, of eight."""
    drawn = batch(rng, 2, 8, 0.3)
    mask = np.zeros((2, 8), bool)
    mask[0, [1, 3, 4]] = mask[1, [2, 5]] = True
    return {**drawn, "mask": mask}


def one_token(rng):
    """One True in each row, the first or the last column among them."""
    drawn = batch(rng, 4, 5, 0.1)
    return {**drawn, "mask": np.eye(5, dtype=bool)[[0, 2, 3, 4]]}
