"""From outputs to cases: the same for confined code and for a live function."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from drillbox.grader.diagnose import Tried
from drillbox.grader.exercise import Exercise
from drillbox.grader.printable import line
from drillbox.grader.report import Case
from drillbox.grader.verdict import Outputs, judge
from drillbox.grader.wire import Drawn

OnCase = Callable[[Case], None]
# Outputs; or why there are none; and whether every further case would end the same way.
Answered = tuple[Outputs | None, str, bool]
Answer = Callable[[Drawn], Answered]

_KINDS = {
    "tensors": "a torch.Tensor",
    "arrays": "a numpy.ndarray",
    "train_step": "a float or a 0-d tensor",
}


@dataclass(frozen=True)
class Judged:
    """Every case, for people and for the diagnosis."""

    cases: tuple[Case, ...]
    tried: tuple[Tried, ...]

    @property
    def passed(self) -> bool:
        """All of them, and at least one."""
        return bool(self.cases) and all(case.passed for case in self.cases)


def options(exercise: Exercise, device: str) -> dict[str, Any]:
    """What a harness is told of the exercise."""
    head = exercise.head
    return {
        "gradients": list(head.gradients),
        "results": list(head.results),
        "device": device,
    }


def cases(
    exercise: Exercise, drawn: Iterable[Drawn], answer: Answer, on_case: OnCase | None
) -> Judged:
    """Judge every case in order; one that stops everything ends the run."""
    judged: list[tuple[Case, Tried]] = []
    over = False
    for one in drawn:
        if over:
            pair = Case(one.name, False, "not run"), Tried(one.expected, None, False)
        else:
            outputs, message, over = answer(one)
            pair = _judged(exercise, one, outputs, message)
        judged.append(pair)
        if on_case:
            on_case(pair[0])
    return Judged(tuple(case for case, _ in judged), tuple(one for _, one in judged))


def _judged(
    exercise: Exercise, one: Drawn, outputs: Outputs | None, message: str
) -> tuple[Case, Tried]:
    if outputs is not None:
        finding = judge(one.expected, outputs, _KINDS[exercise.head.harness])
        message = finding.message if finding else ""
    passed = outputs is not None and not message
    case = Case(one.name, passed, line(message, 500))
    return case, Tried(one.expected, outputs, passed)


def live(exercise: Exercise, function: Callable[..., Any], device: str) -> Answer:
    """Call the function in this process, through the same harness."""
    harness = ModuleType("harness")
    exec(compile(exercise.harness, "<harness>", "exec"), harness.__dict__)
    chosen = options(exercise, device)

    def answer(one: Drawn) -> Answered:
        arguments = {
            name: one.arrays[value] if kind == "array" else value
            for name, (kind, value) in one.arguments
        }
        try:
            return dict(harness.__dict__["run"](function, arguments, chosen)), "", False
        except Exception as error:
            return None, f"{type(error).__name__}: {error}", False

    return answer
