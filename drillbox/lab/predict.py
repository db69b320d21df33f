"""What a learner predicts of a run, read from JSON with nothing left to guess."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from drillbox.lab.recipe import Move, PairRun
from drillbox.lab.run import LabError
from drillbox.words import _

MOVES: tuple[Move, ...] = ("up", "down", "flat")
CONFIDENCE = (0.33, 1.0)  # a third is a guess among three


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a learner says of one pair, and how sure of each of both (0.33 to 1).

    chosen, rejected: where log π goes in the first step.
    """

    chosen: Move
    rejected: Move
    confidence: float


def predictions(data: Any, run: PairRun) -> dict[str, Prediction]:
    """What a JSON object says of each pair; bonus pairs may be left out.

    {"A": {"chosen": "up", "rejected": "down", "confidence": 0.8}, …}.
    Raises LabError for anything that is missing or cannot be read.
    """
    if not isinstance(data, Mapping):
        said = _("predictions are a JSON object {example}")
        raise LabError(said.format(example='{"A": {"chosen": "up", …}, …}'))
    known = {pair.pair: pair for pair in run.pairs}
    for name in data:
        if name not in known:
            none = _("{run} has no pair {name}; it has {names}")
            names = ", ".join(known)
            raise LabError(none.format(run=run.id, name=repr(name), names=names))
    for name, pair in known.items():
        if name not in data and not pair.bonus:
            needed = _("pair {name} is not predicted; {run} needs it")
            raise LabError(needed.format(name=name, run=run.id))
    return {name: _prediction(name, data[name]) for name in known if name in data}


def body(predicted: Mapping[str, Prediction]) -> dict[str, Any]:
    """What the log keeps of at least one prediction; confidence: their mean."""
    sure = [said.confidence for said in predicted.values()]
    return {
        "predictions": {name: asdict(said) for name, said in predicted.items()},
        "confidence": sum(sure) / len(sure),
    }


def _prediction(pair: str, data: Any) -> Prediction:
    if not isinstance(data, Mapping):
        none = _("pair {name}: {data} is no object with chosen, rejected, …")
        raise LabError(none.format(name=pair, data=repr(data)))
    return Prediction(
        chosen=_word(pair, "chosen", data, MOVES),
        rejected=_word(pair, "rejected", data, MOVES),
        confidence=_confidence(pair, data.get("confidence")),
    )


def _word(
    pair: str, quantity: str, data: Mapping[str, Any], words: tuple[str, ...]
) -> Any:
    word = data.get(quantity)
    if word not in words:
        said = _("pair {name}: {quantity} is {value}; write {known}")
        known = _(" or ").join(words)
        raise LabError(
            said.format(name=pair, quantity=quantity, value=repr(word), known=known)
        )
    return word


def _confidence(pair: str, value: Any) -> float:
    least, most = CONFIDENCE
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not least <= value <= most:
        said = _("pair {name}: confidence is {value}; write a number from {least} to 1")
        raise LabError(said.format(name=pair, value=repr(value), least=0.33))
    return float(value)
