"""Directions belong to a checkpoint: pairs searched anew, and how often each one came.

The worker (reference/pick_pairs.py) takes a checkpoint, or trains another one, runs the
first step of the run's own pairs on it, and searches the templates for pairs that go
each way. Over several re-trained checkpoints that gives the record `checkpoints`, which
readings quote:

    checkpoint  seed, sha256, the directions of A, B, C, D in the first step
    count       pair, directions: how often they came; with those of the run, how often
                `as_shipped`
    found       role: on how many checkpoints the search found such a pair
"""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from drillbox.lab import keep
from drillbox.lab.compare import outcomes
from drillbox.lab.model import DEADLINE_S as MODEL_DEADLINE_S
from drillbox.lab.model import Model
from drillbox.lab.own import TARGET
from drillbox.lab.recipe import FLAT, PairRun
from drillbox.lab.run import LabError, Record, heard, request
from drillbox.words import N_, _

WORKER = "drillbox.reference.pick_pairs"
DEADLINE_S = 600.0
ROLES = ("A", "B", "bonus")
BROKEN = N_("the search broke off: {error}; start it again")


def picked(run: PairRun, path: str) -> Generator[Record, None, None]:
    """Pairs for the checkpoint in this file: families, then picks. LabError."""
    asked = request(replace(run, pairs=()), device="cpu", steps=0)
    asked |= {"checkpoint": path, "sha256": digest(path)}
    return _picks(asked, DEADLINE_S)


def picked_on(run: PairRun, model: Model) -> Generator[Record, None, None]:
    """The same on another model, each step so large that it widens the gap by TARGET:
    what is clear in nats then means the same on every model. LabError."""
    asked = request(replace(run, pairs=()), device="cpu", steps=0)
    return _picks(model.put(asked | {"target": TARGET}), MODEL_DEADLINE_S)


def _picks(asked: dict[str, Any], deadline_s: float) -> Generator[Record, None, None]:
    for record in _records(asked, None, deadline_s):
        if record["type"] in ("family", "pick"):
            yield record


def digest(path: str) -> str:
    """The SHA-256 of a file; LabError if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        said = _("cannot read {path}: {why}")
        raise LabError(said.format(path=path, why=error.strerror)) from None


def retrained(run: PairRun, seeds: Sequence[int]) -> Iterator[Record]:
    """One checkpoint for each seed, 35 seconds each, then the counts. LabError."""
    every, found = [], Counter[str]()
    asked = request(run, device="cpu", steps=1)
    for seed in seeds:
        records = list(_records(asked, seed))
        every.append(_checkpoint(seed, records))
        found.update({r["role"] for r in records if r["type"] == "pick"})
        yield every[-1]
    yield from _counts(run, every)
    for role in ROLES:
        yield {"type": "found", "role": role, "count": found[role], "of": len(every)}


def header(run: PairRun) -> Record:
    """What the record stands on."""
    return {
        "type": "header",
        "run": "checkpoints",
        "beta": run.beta,
        "lr": run.lr,
        "flat": FLAT,
        "dtype": "float32",
        "device": "cpu",
    }


def _checkpoint(seed: int, records: list[Record]) -> Record:
    happened = outcomes(records)
    ways = {name: f"{one.chosen} {one.rejected}" for name, one in happened.items()}
    counts = next(r for r in records if r["type"] == "family" and r["family"] == "all")
    names = ("pairs", "up_down", "down_down", "up_up", "flat")
    sha256 = records[0]["sha256"]
    numbers = {name: counts[name] for name in names}
    return {"type": "checkpoint", "seed": seed, "sha256": sha256, **ways, **numbers}


def _counts(run: PairRun, every: Sequence[Record]) -> Iterator[Record]:
    shipped = outcomes(_shipped(run))
    for pair in run.pairs:
        ways = Counter(one[pair.pair] for one in every)
        own = f"{shipped[pair.pair].chosen} {shipped[pair.pair].rejected}"
        for way in (own, *(other for other in sorted(ways) if other != own)):
            yield {
                "type": "count",
                "pair": pair.pair,
                "directions": way,
                "as_shipped": way == own,
                "count": ways[way],
                "of": len(every),
            }


def _shipped(run: PairRun) -> list[Record]:
    document = keep.shipped(run.id)
    steps = [{"type": "step", **step} for step in document["steps"]]
    return [{"type": "header", **document["header"]}, *steps]


def _records(
    asked: dict[str, Any], seed: int | None, deadline_s: float = DEADLINE_S
) -> Generator[Record, None, None]:
    wish = {"run": asked, "seed": seed, "flat": FLAT}
    return heard(WORKER, wish, deadline_s=deadline_s, broken=BROKEN)
