"""One submission, as far as the reference worker has to do with it."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from drillbox.grader import diagnose, judging, wire
from drillbox.grader.crew import Crew
from drillbox.grader.diagnose import Signature, Tried
from drillbox.grader.exercise import Exercise
from drillbox.grader.judging import Answer, Judged, OnCase
from drillbox.grader.report import Case
from drillbox.grader.verdict import AGAIN, Outputs
from drillbox.grader.wrong import Wrong
from drillbox.words import _
from drillbox.workers.frame import Array


@dataclass(frozen=True)
class Grading:
    """Its cases, its residuals, its diagnosis. key: hex, what its cases are drawn from.
    ahead: what was asked already, by the number of the case it was asked with.

    Every method raises GraderError if the reference worker cannot answer.
    """

    crew: Crew
    exercise: Exercise
    key: str
    ahead: dict[int, "Future[dict[str, Signature]]"] = field(default_factory=dict)

    def _ask(
        self, op: str, given: dict[str, Array] | None = None, **more: Any
    ) -> tuple[dict[str, Any], list[Array]]:
        return self.crew.ask(self.exercise, {"op": op, "key": self.key, **more}, given)

    @cached_property
    def drawn(self) -> list[wire.Drawn]:
        """The cases, with what is right."""
        return self.draw()

    def draw(self) -> list[wire.Drawn]:
        """Ask for the cases."""
        return wire.drawn(*self._ask("cases", texts=dict(self.exercise.equivalent)))

    def judged(
        self,
        answer: Answer,
        on_case: OnCase | None = None,
        device: str = "cpu",
        twice: bool = True,
    ) -> Judged:
        """Judge what the code answers. twice: it was called twice where that counts."""
        rules = judging.rules(self.exercise, twice)

        def tried(case: Case, one: Tried) -> None:
            if on_case:
                on_case(case)
            # A residual needs the same worker; another device shows no idea.
            if twice and device == "cpu" and rules.by != "residual":
                self._look_ahead(one)

        drawn = self.drawn if device == "cpu" else self.also_on(device)
        return judging.cases(rules, drawn, answer, self.residual, tried)

    def also_on(self, device: str) -> list[wire.Drawn]:
        """The cases for another device; MPS knows no float64."""
        said = _("also on {device}: {name}")
        return [
            replace(one, name=said.format(device=device, name=one.name))
            for one in self.drawn
            if device != "mps" or all(a.dtype.name != "float64" for a in one.arrays)
        ]

    def _look_ahead(self, one: Tried) -> None:
        """Ask for signatures while the learner's worker goes on with the other cases:
        two processes, and the diagnosis is there with the last verdict."""
        given = _numbers(one)
        if self.ahead or not given or not _finite(given):
            return
        pool = ThreadPoolExecutor(1)
        number = one.drawn.number
        self.ahead[number] = pool.submit(self._signatures, number, given)
        pool.shutdown(wait=False)

    def _signatures(self, number: int, given: dict[str, Array]) -> dict[str, Signature]:
        texts = {wrong.id: wrong.source for wrong in self.exercise.wrong}
        head, arrays = self._ask("signatures", given, texts=texts, probe=number)
        return _by_name(head["signatures"], arrays)

    def residual(self, drawn: wire.Drawn, outputs: Outputs) -> Array:
        """How far these results are from solving the case."""
        given = {
            name: value
            for name, value in outputs.items()
            if name in self.exercise.head.returns.names
            and isinstance(value, np.ndarray)
        }
        head, arrays = self._ask("residual", given, case=drawn.number)
        found: Array = arrays[head["residual"]]
        return found

    def signatures(self, judged: Judged | None = None) -> dict[str, Signature]:
        """What the known wrong solutions give for each case; those that resemble
        `judged`, or all of them."""
        number, given = _probe(judged) if judged else (0, {})
        asked = self.ahead.get(number) if judged else None
        return asked.result() if asked else self._signatures(number, given)

    def known(
        self, judged: Judged, signatures: dict[str, Signature] | None = None
    ) -> Wrong | None:
        """The wrong solution that the results are consistent with, if any."""
        rules = judging.rules(self.exercise)
        among = self.signatures(judged) if signatures is None else signatures
        name = diagnose.match(judged.tried, among, rules)
        return next((one for one in self.exercise.wrong if one.id == name), None)


def _probe(judged: Judged) -> tuple[int, dict[str, Array]]:
    """The number of a case that went wrong, with numbers if there is one, and what came
    back; an empty mapping where nothing did."""
    found: tuple[int, dict[str, Array]] = (0, {})
    for one in judged.tried:
        given = _numbers(one)
        if given and _finite(given):
            return one.drawn.number, given
        found = found if found[1] or not given else (one.drawn.number, given)
    return found


def _numbers(one: Tried) -> dict[str, Array]:
    """The arrays of the first call in a case that went wrong."""
    if one.passed or one.outputs is None:
        return {}
    return {
        name: value
        for name, value in one.outputs.items()
        if isinstance(value, np.ndarray) and not name.startswith(AGAIN)
    }


def _finite(given: dict[str, Array]) -> bool:
    return all(np.isfinite(value).all() for value in given.values())


def _by_name(found: dict[str, Any], arrays: list[Array]) -> dict[str, Signature]:
    return {
        name: [None if one is None else wire.outputs(one, arrays) for one in cases]
        for name, cases in found.items()
    }
