"""Predictions against what happened, each with its reason.

A direction is that of the change in the first step, in nats. A change is flat if it is
less than 2% of the largest one, of any pair and side, at its step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drillbox.domain.confidence import three_way
from drillbox.lab.predict import Prediction, body
from drillbox.lab.reason import why_chosen, why_rejected
from drillbox.lab.recipe import FLAT, Move
from drillbox.lab.run import LabError, Record
from drillbox.words import _


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one pair. by_…: the change in the first step; end_…: in all.

    end: the directions of both in all, held against what is flat at the last step.
    """

    chosen: Move
    rejected: Move
    end: tuple[Move, Move]
    by_chosen: float
    by_rejected: float
    end_chosen: float
    end_rejected: float
    value: float  # of the weight, before the first step


@dataclass(frozen=True, slots=True)
class Result:
    """One predicted quantity: chosen or rejected of a pair. why: plain text."""

    pair: str
    quantity: str
    predicted: str
    happened: str
    right: bool
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every result in order. answers: of each the confidence, and if it was right.

    brier: the three-way score, 0 is perfect and a third for each gives 0.667.
    """

    results: tuple[Result, ...]
    answers: tuple[tuple[float, bool], ...]
    right: int
    brier: float


def outcomes(records: Iterable[Record]) -> dict[str, Outcome]:
    """What happened to each pair, by its letter; LabError if a step is missing."""
    paths = _paths(records)
    first, last = _flat(paths, 1), _flat(paths, -1)
    return {name: _outcome(path, first, last) for name, path in paths.items()}


def flat(records: Iterable[Record]) -> float:
    """What a change in the first step must reach not to be flat, in nats; LabError."""
    return _flat(_paths(records), 1)


def _paths(records: Iterable[Record]) -> dict[str, list[Record]]:
    records = list(records)
    _header(records)
    paths: dict[str, list[Record]] = {}
    for record in records:
        if record["type"] == "step":
            paths.setdefault(record["pair"], []).append(record)
    for name, path in paths.items():
        if len(path) < 2:
            none = _("pair {name} has no first step; run it again")
            raise LabError(none.format(name=name))
    return paths


def _flat(paths: Mapping[str, list[Record]], at: int) -> float:
    moved = (abs(one) for path in paths.values() for one in changes(path, at))
    return FLAT * max(moved, default=0.0)


def rounding(records: Iterable[Record]) -> tuple[float, float] | None:
    """How far float32 was from its replay in float64: the largest difference of a
    change after step 1 and after the last step, nats; None without a replay."""
    records = list(records)
    paths = _paths(records)
    off: list[tuple[float, float]] = []
    for record in records:
        if record["type"] == "replay":
            path = paths[record["pair"]]
            pairs = ((changes(path, 1), "step1"), (changes(path, -1), "last"))
            first, last = (
                max(abs(a - b) for a, b in zip(mine, record[name], strict=True))
                for mine, name in pairs
            )
            off.append((first, last))
    return (max(a for a, _ in off), max(b for _, b in off)) if off else None


def changes(path: Sequence[Record], at: int) -> tuple[float, float]:
    """Δ log π of chosen and of rejected since step 0, nats, at this place of a path."""
    now, start = path[at], path[0]
    chosen, rejected = (now[s] - start[s] for s in ("logp_chosen", "logp_rejected"))
    return chosen, rejected


def _header(records: list[Record]) -> Record:
    if not records or records[0]["type"] != "header":
        said = _("the run's records do not begin with its header; run it again")
        raise LabError(said)
    return records[0]


def _outcome(path: list[Record], first: float, last: float) -> Outcome:
    chosen, rejected = changes(path, 1)
    end_chosen, end_rejected = changes(path, -1)
    return Outcome(
        chosen=move(chosen, first),
        rejected=move(rejected, first),
        end=(move(end_chosen, last), move(end_rejected, last)),
        by_chosen=chosen,
        by_rejected=rejected,
        end_chosen=end_chosen,
        end_rejected=end_rejected,
        value=path[0]["weight"],
    )


def move(change: float, least: float) -> Move:
    """up or down, or flat for no change and for one of less than `least` nats."""
    if abs(change) < least or not change:
        return "flat"
    return "up" if change > 0 else "down"


def compare(
    predicted: Mapping[str, Prediction], records: Iterable[Record]
) -> Comparison:
    """Hold every prediction against a run's records. Raises LabError."""
    if not predicted:
        raise LabError(_("nothing was predicted, so there is nothing to compare"))
    records = list(records)
    happened = outcomes(records)
    least = flat(records)
    starts = {r["pair"]: r for r in records if r["type"] == "pair"}
    results: list[Result] = []
    answers: list[tuple[float, bool]] = []
    for pair, said in predicted.items():
        if pair not in happened or pair not in starts:
            none = _("the records have no pair {name}; run it again")
            raise LabError(none.format(name=pair))
        for result in _results(pair, said, happened[pair], starts[pair], least):
            results.append(result)
            answers.append((said.confidence, result.right))
    right = sum(result.right for result in results)
    return Comparison(tuple(results), tuple(answers), right, three_way(answers).brier)


def _results(
    pair: str, said: Prediction, outcome: Outcome, start: Record, least: float
) -> list[Result]:
    chosen = why_chosen(outcome.chosen, start, least)
    rejected = why_rejected(outcome.rejected, start, least)
    values = {
        "chosen": (outcome.by_chosen, chosen),
        "rejected": (outcome.by_rejected, rejected),
    }
    results = []
    for quantity, (value, why) in values.items():
        guess, truth = getattr(said, quantity), getattr(outcome, quantity)
        results.append(Result(pair, quantity, guess, truth, guess == truth, value, why))
    return results


def told(
    predicted: Mapping[str, Prediction], comparison: Comparison, records: list[Record]
) -> Record:
    """The verdict as a record: predictions, results, and the settings they hold for."""
    names = ("lr", "device", "dtype", "threads", "sha256")
    header = _header(records)
    return {
        "type": "verdict",
        **body(predicted),
        "results": [asdict(result) for result in comparison.results],
        "right": comparison.right,
        "brier": comparison.brier,
        "settings": {name: header[name] for name in names},
    }


def outcome_of(
    comparison: Comparison, again: Mapping[str, Any], records: list[Record]
) -> dict[str, Any]:
    """What the log keeps once a run has ended; again: of round 2, {} without one.

    The first one of a checkpoint counts for calibration (history/stats.py).
    """
    return {
        "answers": [list(answer) for answer in comparison.answers],
        "round2": dict(again),
        "checkpoint": _header(records)["sha256"],
    }
