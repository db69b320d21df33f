"""Run every comparison: `python -m parity`; exit code 1 if one is out of its bound."""

import logging
import sys
import tempfile
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import torch

from parity import directories, pairwise, strengths, trained, world
from parity.rows import Row, told


def rows(home: Path) -> Iterator[Row]:
    """Every comparison, the fast ones first."""
    few = world.pairs(4)
    trl = world.trainer(world.llama(0), world.llama(1), few, home)
    yield from chain(
        strengths.strengths(),
        trained.collator(),
        pairwise.every_loss(trl),
        pairwise.divergences(trl),
        pairwise.ld_dpo(trl),
        pairwise.without_reference(),
        pairwise.kto(world.kto_trainer(home)),
        trained.precomputed(home),
        trained.weights(home),
        trained.trajectory(home),
        directories.comparisons(home),
    )


def main() -> int:
    """The exit code."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    print(*(f"{name} {version(name)}" for name in ("torch", "trl", "choix")), sep=", ")
    with tempfile.TemporaryDirectory() as home:
        failed = [row for row in told(rows(Path(home))) if not row.holds]
        print(trained.speed(Path(home)))
    if failed:
        print(f"{len(failed)} of these differ", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
