"""A learner's train step beside the library's, over many steps; each in its own worker.

What k steps give is worked out for k = 1, 2, …, each time by a process of its own from
the same start: so what came before a failure stands, and what a function keeps between
its calls it keeps here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from drillbox.errors import GraderError
from drillbox.grader import judging, wire
from drillbox.grader.confined import Confined
from drillbox.grader.crew import Kind
from drillbox.grader.exercise import Exercise, harness
from drillbox.grader.report import Diagnosis
from drillbox.grader.supervisor import Grader
from drillbox.grader.verdict import AFTER, LOSS, Expected, Output, Outputs, judge
from drillbox.grader.wire import Drawn
from drillbox.words import _
from drillbox.workers.frame import Array

LOOKED = 3  # steps that each known wrong solution takes
FIRST_LOSS = "first loss"  # these three stand in records
FIRST_STEP = "first step"
LATER = "later"


@dataclass(frozen=True)
class Plan:
    """A batch of `pairs`, drawn from `seed`; steps of SGD on it; β; the step size."""

    seed: int
    steps: int
    pairs: int
    beta: float
    lr: float


@dataclass(frozen=True)
class Beside:
    """After `step` steps: the losses before the last one, nats; the largest difference
    between a parameter of theirs and of ours; what is wrong first, "" for nothing."""

    step: int
    ours: float
    yours: float
    apart: float
    wrong: str


@dataclass(frozen=True)
class Bug:
    """A known wrong solution: where it first gives something else, and what.

    where: FIRST_LOSS, FIRST_STEP (all losses equal, or none to see), LATER, or "" for
    nowhere within LOOKED steps.
    """

    id: str
    where: str
    what: str


class Alongside:
    """One source and ours. Every method raises GraderError: for code that gives no
    result, no finite loss or no parameters it names the step."""

    def __init__(
        self, grader: Grader, exercise: Exercise, source: str, file: str, plan: Plan
    ) -> None:
        self.grader, self.exercise, self.plan = grader, exercise, plan
        self.source, self.file = source, file
        rules = judging.rules(exercise)
        (loss,) = rules.kinds.values()
        names = (f"{LOSS}{count + 1}" for count in range(plan.steps))
        self.rules = replace(rules, kinds=dict.fromkeys(names, loss))

    @cached_property
    def _ours(self) -> tuple[list[Drawn], dict[str, Any], list[Array]]:
        head, arrays = self.grader.crew.ask(
            self.exercise,
            {
                "op": "trajectory",
                "more": harness("trajectory"),
                "texts": {},
                "library": self.exercise.head.library,
                "wrong": {one.id: one.source for one in self.exercise.wrong},
                "looked": LOOKED,
                **asdict(self.plan),
            },
        )
        return wire.drawn(head, arrays), head["bugs"], arrays

    def tokens(self) -> int:
        """How many completion tokens the batch has."""
        first = self._ours[0][0]
        given = {name: value for name, (_kind, value) in first.arguments}
        masks = (first.arrays[given[f"{one}_mask"]] for one in ("chosen", "rejected"))
        return int(sum(mask.sum() for mask in masks))

    def steps(self) -> Iterator[Beside]:
        """Each number of steps, as soon as theirs are done."""
        kind = Kind(self.exercise.head.torch)
        crew, file = self.grader.crew, self.file
        confined = Confined(crew, kind, self.exercise, self.source, file)
        for count, one in enumerate(self._ours[0], 1):
            outputs, message, _over = confined.outputs(one)
            if outputs is None:
                raise _no_step(count, message)
            yield self._beside(count, one, outputs)
        crew.submitted(kind)

    def _beside(self, count: int, one: Drawn, outputs: Outputs) -> Beside:
        finding = judge(one.expected, outputs, self.rules)
        wrong = finding.message if finding else ""
        ours = {want.name: want.value for want in one.expected}
        loss, after = f"{LOSS}{count}", f"{AFTER}{count}: "
        right, mine = ours[loss], _loss(count, outputs.get(loss), wrong)
        assert not isinstance(right, Mapping)
        apart = max(
            _apart(value, outputs.get(name), count, wrong)
            for name, value in ours.items()
            if name.startswith(after)
        )
        return Beside(count, float(right), mine, apart, wrong)

    def bugs(self) -> Iterator[Bug]:
        """Every known wrong solution of the exercise."""
        drawn, found, arrays = self._ours
        cases = (drawn[0].expected, drawn[:LOOKED][-1].expected)
        for name, results in found.items():
            outputs = [one and wire.outputs(one, arrays) for one in results]
            yield Bug(name, *self._where(cases, outputs))

    def _where(
        self, cases: tuple[tuple[Expected, ...], ...], results: list[Outputs | None]
    ) -> tuple[str, str]:
        for where, expected, outputs in zip(
            (FIRST_STEP, LATER), cases, results, strict=True
        ):
            if outputs is None:
                return where, _("it raises an exception")
            finding = judge(expected, outputs, self.rules)
            if finding is not None:
                first = finding.of == f"{LOSS}1"
                return (FIRST_LOSS if first else where), finding.message
        return "", ""

    def diagnosis(self) -> Diagnosis | None:
        """The known mistake that these results are consistent with, by grading it."""
        report = self.grader.grade(self.exercise, self.source, file=self.file)
        return report.diagnosis


def _no_step(step: int, why: str) -> GraderError:
    said = _("your train step, step {n}: {why}")
    return GraderError(said.format(n=step, why=why))


def _loss(step: int, value: Output | None, wrong: str) -> float:
    """The learner's loss; GraderError for what is none."""
    if value is None or isinstance(value, Mapping) or value.shape != ():
        raise _no_step(step, wrong)
    if not np.isfinite(value):
        said = _("the loss is {value}; it must be finite")
        raise _no_step(step, said.format(value=value))
    return float(value)


def _apart(ours: Output, yours: Output | None, step: int, wrong: str) -> float:
    """The largest difference; GraderError where nothing can be compared."""
    assert not isinstance(ours, Mapping)
    found = None if isinstance(yours, Mapping) else yours
    if found is None or found.shape != ours.shape or not np.isfinite(found).all():
        raise _no_step(step, wrong)
    return float(np.abs(found.astype(np.float64) - ours).max())
