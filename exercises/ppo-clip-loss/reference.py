"""Schulman et al. 2017, arXiv:1707.06347, equation 7, over the tokens of answers."""

import numpy as np
import torch


def ppo_clip_loss(
    logps: torch.Tensor,
    old_logps: torch.Tensor,
    advantages: torch.Tensor,
    mask: torch.Tensor,
    clip: float,
) -> torch.Tensor:
    """−min(ρA, clip(ρ)A), mean over the tokens under True (Schulman 2017, Eq. 7)."""
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()


def cases(rng):
    """Both sides of the clip, ρ = 1, an empty row, far ratios, float32."""
    yield "1 answer, clip = 0.2", batch(rng, 1, 6, 0.2)
    yield "4 answers, clip = 0.1", batch(rng, 4, 7, 0.1)
    first = batch(rng, 3, 5, 0.2)
    yield "the first update, ρ = 1", {**first, "old_logps": first["logps"].copy()}
    yield "beyond the clip, A of both signs", corners(rng, 0.3)
    empty = batch(rng, 8, 6, 0.2)
    empty["mask"][3] = False
    yield "8 answers, one row empty", empty
    yield "log-ratios of ±30", corners(rng, 0.2, far=30.0)
    single = batch(rng, 4, 6, 0.25)
    names = ("logps", "old_logps", "advantages")
    arrays = {name: single[name].astype(np.float32) for name in names}
    yield "float32, clip = 0.25", {**single, **arrays}


def batch(rng, rows, tokens, clip):
    """Ratios on both sides of 1, none within 2e-3 of an end of the clip; padding."""
    size = (rows, tokens)
    while True:
        change = rng.normal(0.0, 2.0 * clip, size)
        ends = np.abs(np.exp(change)[..., None] - [1.0 - clip, 1.0 + clip])
        if ends.min() > 2e-3:
            break
    logps = rng.uniform(-4.0, -0.1, size)
    lengths = rng.integers(2, tokens, rows)
    starts = rng.integers(0, tokens - lengths + 1)
    place = np.arange(tokens) - starts[:, None]
    return {
        "logps": logps,
        "old_logps": logps - change,
        "advantages": rng.uniform(0.2, 2.0, size) * rng.choice([-1.0, 1.0], size),
        "mask": (place >= 0) & (place < lengths[:, None]),
        "clip": clip,
    }


def corners(rng, clip, far=1.5):
    """Two rows: ρ far above and far below, each with A of both signs; one padding."""
    drawn = batch(rng, 2, 5, clip)
    change = rng.uniform(0.8, 1.0, (2, 5)) * far * [1.0, -1.0, 1.0, -1.0, 1.0]
    size = rng.uniform(0.5, 2.0, (2, 5)) * [1.0, 1.0, -1.0, -1.0, 1.0]
    mask = np.array([[True] * 4 + [False]] * 2)
    far_off = {"old_logps": drawn["logps"] - change, "advantages": size, "mask": mask}
    return {**drawn, **far_off}
