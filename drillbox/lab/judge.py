"""Predictions of a run: read, kept, and held against what happened."""

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drillbox.lab.general import Answer, Question, Record, Run
from drillbox.lab.run import LabError


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
        raise LabError(
            f'predictions are a JSON object {{"{next(iter(known))}": '
            '{"answer": …, "confidence": 0.8}, …}'
        )
    for name in data:
        if name not in known:
            raise LabError(
                f"{run.id} asks nothing called {name!r}; it asks {', '.join(known)}"
            )
    return {name: _said(question, data.get(name)) for name, question in known.items()}


def _said(question: Question, data: Any) -> Said:
    if not isinstance(data, Mapping):
        raise LabError(
            f"{question.id}: {data!r} is no object with answer and confidence"
        )
    return Said(
        _answer(question, data.get("answer")),
        _confidence(question.id, data.get("confidence")),
    )


def _answer(question: Question, value: Any) -> Answer:
    if question.choices:
        if value not in question.choices:
            choice = " or ".join(map(repr, question.choices))
            raise LabError(f"{question.id}: the answer is {value!r}; write {choice}")
        return str(value)
    if not _is_number(value):
        raise LabError(f"{question.id}: the answer is {value!r}; write a number")
    return float(value)


def number(text: str) -> float:
    """A typed number, finite; a comma and a true minus are understood. ValueError."""
    value = float(text.replace(",", ".").replace("−", "-"))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _confidence(name: str, value: Any) -> float:
    if not _is_number(value) or not 0.5 <= value <= 1:
        raise LabError(f"{name}: confidence is {value!r}; write a number from 0.5 to 1")
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
        raise LabError("nothing was predicted, so there is nothing to compare")
    if not records or records[-1]["type"] != "end":
        raise LabError("the run did not come to its end; run it again")
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
