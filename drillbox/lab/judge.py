"""Predictions of a run: read, kept, and held against what happened."""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drillbox.lab.general import Answer, Question, Record, Run
from drillbox.lab.run import LabError
from drillbox.words import _


@dataclass(frozen=True, slots=True)
class Said:
    """What a learner says of one question, and how sure (0.5 to 1)."""

    answer: Answer
    confidence: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One question. predicted, happened: an answer; value: as measured."""

    question: str
    predicted: Answer
    happened: Answer
    right: bool
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every question in order. brier: mean (confidence − right)², 0 is perfect."""

    results: tuple[Judged, ...]
    right: int
    brier: float


def read(data: Any, run: Run) -> dict[str, Said]:
    """What a JSON object says of each question. Raises LabError.

    {"unseen": {"answer": "up", "confidence": 0.8}, …}, every question answered.
    """
    known = {question.id: question for question in run.questions}
    if not isinstance(data, Mapping):
        first = next(iter(known))
        example = f'{{"{first}": {{"answer": …, "confidence": 0.8}}, …}}'
        said = _("predictions are a JSON object {example}")
        raise LabError(said.format(example=example))
    for name in data:
        if name not in known:
            none = _("{run} asks nothing called {name}; it asks {names}")
            names = ", ".join(known)
            raise LabError(none.format(run=run.id, name=repr(name), names=names))
    return {name: _said(question, data.get(name)) for name, question in known.items()}


def _said(question: Question, data: Any) -> Said:
    if not isinstance(data, Mapping):
        none = _("{question}: {data} is no object with answer and confidence")
        raise LabError(none.format(question=question.id, data=repr(data)))
    return Said(
        _answer(question, data.get("answer")),
        _confidence(question.id, data.get("confidence")),
    )


def _answer(question: Question, value: Any) -> Answer:
    if question.choices:
        if value not in question.choices:
            raise LabError(_no_choice(question, value))
        return str(value)
    if not _is_number(value):
        none = _("{question}: the answer is {value}; write a number")
        raise LabError(none.format(question=question.id, value=repr(value)))
    return float(value)


def _no_choice(question: Question, value: Any) -> str:
    known = _(" or ").join(map(repr, question.choices))
    said = _("{question}: the answer is {value}; write {known}")
    return said.format(question=question.id, value=repr(value), known=known)


def number(text: str) -> float:
    """A typed number, finite; a comma and a true minus are understood. ValueError."""
    value = float(text.replace(",", ".").replace("−", "-"))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _confidence(name: str, value: Any) -> float:
    if not _is_number(value) or not 0.5 <= value <= 1:
        none = _("{name}: confidence is {value}; write a number from {least} to 1")
        raise LabError(none.format(name=name, value=repr(value), least=0.5))
    return float(value)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= sys.float_info.max  # neither NaN nor an endless number


def body(said: Mapping[str, Said]) -> dict[str, Any]:
    """What the log keeps of at least one prediction; confidence: their mean."""
    sure = [one.confidence for one in said.values()]
    return {
        "predictions": {name: asdict(one) for name, one in said.items()},
        "confidence": sum(sure) / len(sure),
    }


def judge(run: Run, said: Mapping[str, Said], records: Sequence[Record]) -> Verdict:
    """Hold every prediction against a whole run's records. Raises LabError."""
    if not said:
        raise LabError(_("nothing was predicted, so there is nothing to compare"))
    if not records or records[-1]["type"] != "end":
        raise LabError(_("the run did not come to its end; run it again"))
    happened = run.happened(records)
    results, losses = [], []
    for question in run.questions:
        if question.id in said:
            one, was = said[question.id], happened[question.id]
            right = agrees(question, one.answer, was.answer)
            results.append(
                Judged(question.id, one.answer, was.answer, right, was.value, was.why)
            )
            losses.append((one.confidence - right) ** 2)
    right_ones = sum(result.right for result in results)
    return Verdict(tuple(results), right_ones, sum(losses) / len(losses))


def agrees(question: Question, answer: Answer, happened: Answer) -> bool:
    """The same choice, or a number within the question's tolerance (NaN never is)."""
    if isinstance(answer, str) or isinstance(happened, str):
        return answer == happened
    return abs(answer - happened) <= question.within


def told(said: Mapping[str, Said], verdict: Verdict) -> Record:
    """The verdict as a record."""
    return {
        "type": "verdict",
        **body(said),
        "results": [asdict(result) for result in verdict.results],
        "right": verdict.right,
        "brier": verdict.brier,
    }
