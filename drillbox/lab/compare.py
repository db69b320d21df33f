"""Predictions against what happened, each with its reason.

A direction is that of the change in the first step, in nats; τ comes with the records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from drillbox.lab.predict import Prediction, body
from drillbox.lab.reason import why_chosen, why_rejected, why_weight
from drillbox.lab.run import LabError, Record

if TYPE_CHECKING:
    from drillbox.domain.card import Move

About = Literal["half", "zero", "between"]

NEAR = 0.05  # how far from ½ or 0 a weight may be to be about that


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one pair. by_…: the change in the first step; end_…: in all."""

    chosen: "Move"
    rejected: "Move"
    weight: About
    by_chosen: float
    by_rejected: float
    end_chosen: float
    end_rejected: float
    value: float  # of the weight, before the first step


@dataclass(frozen=True, slots=True)
class Result:
    """One predicted quantity: chosen, rejected or weight of a pair. why: plain text."""

    pair: str
    quantity: str
    predicted: str
    happened: str
    right: bool
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every result in order. brier: mean (confidence − right)², 0 is perfect."""

    results: tuple[Result, ...]
    right: int
    brier: float


def outcomes(records: Iterable[Record]) -> dict[str, Outcome]:
    """What happened to each pair, by its letter; LabError if a step is missing."""
    records = list(records)
    tau = _header(records)["tau"]
    paths: dict[str, list[Record]] = {}
    for record in records:
        if record["type"] == "step":
            paths.setdefault(record["pair"], []).append(record)
    return {name: _outcome(name, path, tau) for name, path in paths.items()}


def _header(records: list[Record]) -> Record:
    if not records or records[0]["type"] != "header":
        raise LabError("the run's records do not begin with its header; run it again")
    return records[0]


def _outcome(name: str, path: list[Record], tau: float) -> Outcome:
    if len(path) < 2:
        raise LabError(f"pair {name} has no first step; run it again")
    start, first, last = path[0], path[1], path[-1]
    chosen = first["logp_chosen"] - start["logp_chosen"]
    rejected = first["logp_rejected"] - start["logp_rejected"]
    return Outcome(
        chosen=move(chosen, tau),
        rejected=move(rejected, tau),
        weight=about(start["weight"]),
        by_chosen=chosen,
        by_rejected=rejected,
        end_chosen=last["logp_chosen"] - start["logp_chosen"],
        end_rejected=last["logp_rejected"] - start["logp_rejected"],
        value=start["weight"],
    )


def move(change: float, tau: float) -> "Move":
    """up or down, or same for a change of less than tau nats."""
    if abs(change) < tau:
        return "same"
    return "up" if change > 0 else "down"


def about(weight: float) -> About:
    """half or zero where a weight is within NEAR of it, else between."""
    if abs(weight - 0.5) < NEAR:
        return "half"
    return "zero" if abs(weight) < NEAR else "between"


def compare(
    predicted: Mapping[str, Prediction], records: Iterable[Record]
) -> Comparison:
    """Hold every prediction against a run's records. Raises LabError."""
    if not predicted:
        raise LabError("nothing was predicted, so there is nothing to compare")
    records = list(records)
    happened = outcomes(records)
    tau = _header(records)["tau"]
    starts = {r["pair"]: r for r in records if r["type"] == "pair"}
    results: list[Result] = []
    losses: list[float] = []
    for pair, said in predicted.items():
        if pair not in happened or pair not in starts:
            raise LabError(f"the records have no pair {pair}; run it again")
        for result in _results(pair, said, happened[pair], starts[pair], tau):
            results.append(result)
            losses.append((said.confidence - result.right) ** 2)
    right = sum(result.right for result in results)
    return Comparison(tuple(results), right, sum(losses) / len(losses))


def _results(
    pair: str, said: Prediction, outcome: Outcome, start: Record, tau: float
) -> list[Result]:
    chosen = why_chosen(outcome.chosen, start, tau)
    rejected = why_rejected(outcome.rejected, start, tau)
    values = {
        "chosen": (outcome.by_chosen, chosen),
        "rejected": (outcome.by_rejected, rejected),
        "weight": (outcome.value, why_weight(start)),
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
