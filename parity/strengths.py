"""Bradley-Terry strengths: our fit, and choix's two ways to the same maximum."""

from collections.abc import Iterator

import choix
import numpy as np
import torch

from drillbox.reference.preferences import bt_fit
from parity.rows import Row, compared


def tables() -> Iterator[np.ndarray]:
    """Tables with a finite fit: every answer lost to someone and beat someone."""
    for seed, size in enumerate((2, 4, 9)):
        random = np.random.default_rng(seed)
        wins = random.integers(0, 12, (size, size))
        order = random.permutation(size)
        np.fill_diagonal(wins, 0)
        wins[order, np.roll(order, 1)] += 1
        yield wins


def strengths() -> Iterator[Row]:
    """Largest difference of a strength, nats."""
    ways = {"opt_pairwise": choix.opt_pairwise, "ilsr_pairwise": choix.ilsr_pairwise}
    for name, fit in ways.items():
        both = []
        for wins in tables():
            rows = [(i, j) for i, j in np.argwhere(wins) for _ in range(wins[i, j])]
            theirs = np.asarray(fit(len(wins), rows, alpha=0.0))
            both.append((bt_fit(wins), theirs - theirs.mean()))
        ours, found = (
            [torch.as_tensor(one) for one in side] for side in zip(*both, strict=True)
        )
        yield compared(f"choix.{name}", ours, found, 1e-5)
