"""From outputs to cases: the same for confined code and for a live function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from drillbox.grader.diagnose import Tried
from drillbox.grader.exercise import Exercise
from drillbox.grader.printable import line
from drillbox.grader.report import Case
from drillbox.grader.verdict import RAISES, Outputs, Rules, judge, number
from drillbox.grader.wire import Drawn
from drillbox.words import N_, _
from drillbox.workers.frame import Array

OnCase = Callable[[Case], None]
OnTried = Callable[[Case, Tried], None]
# Outputs; or why there are none; and whether every further case would end the same way.
Answered = tuple[Outputs | None, str, bool]
Answer = Callable[[Drawn], Answered]
Residual = Callable[[Drawn, Outputs], Array]

_STEP = {"loss of step 1": N_("a float or a 0-d tensor")}


@dataclass(frozen=True)
class Judged:
    """Every case, for people and for the diagnosis."""

    cases: tuple[Case, ...]
    tried: tuple[Tried, ...]

    @property
    def passed(self) -> bool:
        """All of them, and at least one."""
        return bool(self.cases) and all(case.passed for case in self.cases)


def rules(exercise: Exercise, twice: bool = True) -> Rules:
    """How this exercise is judged. twice: the harness called it twice if it asks so."""
    head = exercise.head
    step = head.harness == "train_step"
    return Rules(
        kinds={name: _(kind) for name, kind in _STEP.items()}
        if step
        else {n: head.returns.words(n) for n in head.returns.names},
        by=head.compare.by,
        relative=head.compare.relative,
        absolute=head.compare.absolute,
        mutates=head.mutates,
        repeatable=twice and head.repeatable and not step,
    )


def cases(
    how: Rules,
    drawn: Iterable[Drawn],
    answer: Answer,
    residual: Residual,
    on_tried: OnTried,
) -> Judged:
    """Judge every case in order; one that stops everything ends the run."""
    judged: list[tuple[Case, Tried]] = []
    over = False
    for one in drawn:
        if over:
            pair = Case(one.name, False, "not run"), Tried(one, None, False)
        else:
            outputs, message, over = answer(one)
            pair = _judged(how, one, outputs, message, residual)
        judged.append(pair)
        on_tried(*pair)
    return Judged(tuple(pair[0] for pair in judged), tuple(pair[1] for pair in judged))


def _judged(
    how: Rules,
    one: Drawn,
    outputs: Outputs | None,
    message: str,
    residual: Residual,
) -> tuple[Case, Tried]:
    if outputs is not None:
        finding = judge(one.expected, outputs, how)
        message = finding.message if finding else ""
        if not message and how.by == "residual" and RAISES not in outputs:
            message = _left(residual(one, outputs), how.absolute)
    passed = outputs is not None and not message
    case = Case(one.name, passed, line(message, 500))
    return case, Tried(one, outputs, passed)


def _left(residual: Array, most: float) -> str:
    """What the results leave unsolved; empty if nothing."""
    size = np.abs(residual)
    if size.size == 0 or bool((size <= most).all()):
        return ""
    worst = int(np.nanargmax(np.where(np.isnan(size), np.inf, size)))
    value = number(size.ravel()[worst])
    said = _("the residual of equation {n} is {value}, at most {most}")
    return said.format(n=worst, value=value, most=number(most))


def live(exercise: Exercise, function: Callable[..., Any], device: str) -> Answer:
    """Call the function in this process, through the same harness."""
    harness = ModuleType("harness")
    exec(compile(exercise.harness, "<harness>", "exec"), harness.__dict__)
    chosen = {**exercise.head.options, "device": device}

    def answer(one: Drawn) -> Answered:
        arguments = {
            name: value
            if kind == "value"
            else one.arrays[value]
            if kind == "array"
            else (kind, one.arrays[value])
            for name, (kind, value) in one.arguments
        }
        try:
            return dict(harness.__dict__["run"](function, arguments, chosen)), "", False
        except Exception as error:
            return None, f"{type(error).__name__}: {error}", False

    return answer
