"""Shown code, run: a few lines of an author's, in the sandbox of learners' code."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from drillbox.grader import printable, trouble, wire
from drillbox.grader.crew import Crew, Kind
from drillbox.grader.exercise import harness
from drillbox.workers.frame import SMALL, FrameError, unpack

SECONDS = 20.0  # that one piece of code may take
SAME, NEAR = 1e-6, 1e-9  # relative and absolute; what the twins must differ by
FILE = "card.py"
FUNCTION = "answer_of_the_card"
KIND = Kind(torch=True)
DIGITS = 6


@dataclass(frozen=True)
class Gave:
    """leaves: the numbers of the result, by where they stand, or texts. raised: the
    kind of the exception instead; why: all of it as a sentence."""

    leaves: Mapping[str, Any]
    raised: str = ""
    why: str = ""

    def same(self, other: "Gave") -> bool:
        """Whether both results are the same, up to rounding."""
        if self.raised or other.raised or self.leaves.keys() != other.leaves.keys():
            return self.raised == other.raised != ""
        pairs = [(self.leaves[name], other.leaves[name]) for name in self.leaves]
        return all(_same(a, b) for a, b in pairs)

    def __str__(self) -> str:
        """The result in a few words."""
        if self.raised:
            return self.why
        shown = [_shown(value) for value in self.leaves.values()]
        return ", ".join(shown[:4]) + (", …" if len(shown) > 4 else "")


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, dict) or isinstance(b, dict):
        return bool(a == b) if isinstance(a, dict) and isinstance(b, dict) else False
    alike = a.shape == b.shape
    return alike and bool(np.allclose(a, b, rtol=SAME, atol=NEAR, equal_nan=True))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return printable.line(str(value.get("value")), 60)
    if value.ndim == 0:
        return f"{float(value):.{DIGITS}g}"
    numbers = " ".join(f"{x:.{DIGITS}g}" for x in value.ravel()[:6])
    return f"[{numbers}{' …' if value.size > 6 else ''}]"


class Snippets:
    """Runs pieces of code one after the other, each in a process of its own."""

    def __init__(self) -> None:
        self.crew = Crew()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.crew.close()

    def run(self, source: str) -> Gave:
        """What its function FUNCTION gives. GraderError if nothing can be started."""
        job = {
            "source": source,
            "file": FILE,
            "function": FUNCTION,
            "harness": harness("leaves"),
            "options": {},
            "seconds": SECONDS,
        }
        outcome = self.crew.run(KIND, wire.job(job, [], ()), SECONDS)
        if outcome.end != "answered" or outcome.flooded:
            said = trouble.ended(outcome, FUNCTION, FILE, SECONDS)
            return Gave({}, outcome.end, said)
        try:
            answer, arrays = unpack(outcome.result, SMALL)
            error = answer.get("error")
            if isinstance(error, dict):
                said, _ = trouble.raised(error, f"{FUNCTION}()")
                return Gave({}, printable.line(str(error.get("kind")), 80), said)
            return Gave(wire.outputs(answer["outputs"], arrays))
        except (FrameError, KeyError, TypeError, ValueError):
            said = trouble.ended(outcome, FUNCTION, FILE, SECONDS)
            return Gave({}, "nothing", said)
