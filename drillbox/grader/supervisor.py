"""Grades a submission with two other processes; sees their frames and nothing else.

The learner's worker gets source and inputs, the reference worker keeps solution,
generator and seeds, the verdict is worked out here. All processes are started by exec,
when they are first needed, and stay warm until `close`.
"""

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal, Self

from drillbox.grader import diagnose, facts, judging, printable, trouble, wire
from drillbox.grader.crew import REFERENCE, WARM, Crew, Kind
from drillbox.grader.exercise import Exercise
from drillbox.grader.grading import Grading
from drillbox.grader.judging import OnCase
from drillbox.grader.report import Diagnosis, Report
from drillbox.grader.sandbox.ladder import LAYERS, Layer
from drillbox.workers.frame import SMALL, FrameError, unpack
from drillbox.workers.spawn import Outcome

Device = Literal["auto", "cpu", "cuda"]
DEVICES: tuple[Device, ...] = ("auto", "cpu", "cuda")
Cards = Callable[[str, str], Iterable[str]]  # course, misconception → ids of cards

CUDA_S = 20.0  # the first kernel of a process loads and compiles for seconds


class Grader:
    """Grades submissions; warm between them. One at a time, from any thread.

    device: auto is the CPU, in float64; cuda only when it is asked for. layers: of the
    sandbox, as far as they work here. single_use: a warm process for each submission
    instead of a fork server (so on macOS and Windows, and for CUDA). seed: of the
    cases; None draws them from a secret of this grader and the submission. cards: the
    course's cards on a misconception.
    """

    def __init__(
        self,
        device: Device = "auto",
        *,
        layers: Iterable[Layer] = LAYERS,
        single_use: bool = False,
        seed: int | None = None,
        cards: Cards | None = None,
    ) -> None:
        self.device = "cuda" if device == "cuda" else "cpu"
        self.crew = Crew(layers, single_use)
        self.seed = seed
        self._secret = secrets.token_bytes(32)
        self._cards = cards
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process that this grader started."""
        with self._lock:
            self.crew.close()

    def warm(self, exercise: Exercise) -> None:
        """Start what grading this exercise will need; takes as long as importing torch.

        GraderError if it cannot be started.
        """
        with self._lock:
            self.crew.prepare(REFERENCE, self._kind(exercise))
            self.crew.sandbox(self._kind(exercise), exercise)

    def grade(
        self,
        exercise: Exercise,
        source: str,
        on_case: OnCase | None = None,
        file: str = "",
    ) -> Report:
        """The verdict on `source`. on_case: told each case as soon as it is judged.

        file: how messages call it. GraderError: it could not be graded, which is no
        verdict.
        """
        self.warm(exercise)
        with self._lock:
            started = time.perf_counter()
            kind = self._kind(exercise)
            sandbox = self.crew.sandbox(kind, exercise)
            name = printable.line(os.path.basename(file or f"{exercise.id}.py"), 80)
            confined = _Confined(self, exercise, source, name)
            grading = self.grading(exercise, source)
            judged = grading.judged(confined.outputs, on_case)
            report = Report(
                exercise=exercise.id,
                file=file or name,
                passed=judged.passed,
                device=self.device_of(exercise),
                sandbox=sandbox,
                seconds=time.perf_counter() - started,
                cases=judged.cases,
                printed=tuple(printable.lines(bytes(confined.printed))),
                notes=self._notes(exercise),
            )
            report = self._diagnosed(grading, report, judged)
            self.crew.submitted(REFERENCE, kind)
            return report

    def grade_live(
        self, exercise: Exercise, function: Callable[..., Any], notes: Iterable[str]
    ) -> Report:
        """The verdict on a function in this very process, by the same cases.

        Nothing protects the caller from it; for a function that cannot be carried.
        """
        with self._lock:
            started = time.perf_counter()
            grading = self.grading(exercise, repr(function))
            outputs = judging.live(exercise, function, self.device_of(exercise))
            judged = grading.judged(outputs, None)
            report = Report(
                exercise=exercise.id,
                file="",
                passed=judged.passed,
                device=self.device_of(exercise),
                sandbox=None,
                seconds=time.perf_counter() - started,
                cases=judged.cases,
                notes=tuple(notes),
            )
            report = self._diagnosed(grading, report, judged)
            self.crew.submitted(REFERENCE)
            return report

    def device_of(self, exercise: Exercise) -> str:
        """Where this exercise is graded: numpy arrays have no device."""
        return "cpu" if exercise.head.arguments == "arrays" else self.device

    def grading(self, exercise: Exercise, source: str) -> Grading:
        """A submission as far as the reference worker has to do with it. What its cases
        are drawn from is known to nobody who lacks the secret."""
        if self.seed is not None:
            key = hashlib.sha256(f"seed {self.seed}".encode()).hexdigest()
        else:
            text = f"{exercise.id}\0{source}".encode("utf-8", "surrogatepass")
            key = hmac.digest(self._secret, text, "sha256").hex()
        return Grading(self.crew, exercise, key)

    def _diagnosed(
        self, grading: Grading, report: Report, judged: judging.Judged
    ) -> Report:
        """With what is known of the mistake."""
        if report.passed or all(one.outputs is None for one in judged.tried):
            return report
        wrong = grading.known(judged)
        if wrong is None:
            return replace(report, facts=facts.facts(judged.tried))
        course = grading.exercise.head.course
        found = Diagnosis(
            wrong.id,
            wrong.message,
            tuple(self._cards(course, wrong.misconception) if self._cards else ()),
            wrong.idea,
            wrong.misconception,
            diagnose.witness(judged.tried),
        )
        return replace(report, diagnosis=found)

    def _notes(self, exercise: Exercise) -> tuple[str, ...]:
        if self.device_of(exercise) == self.device:
            return ()
        return ("this exercise is about numpy arrays, so it was graded on the CPU",)

    def _kind(self, exercise: Exercise) -> Kind:
        """Which worker runs the learner's code: with torch, on a GPU."""
        return Kind(exercise.head.torch, self.device_of(exercise) == "cuda")

    def run(self, exercise: Exercise, job: Any, drawn: wire.Drawn) -> Outcome:
        """Run one case; a worker that is lost is dropped, the next case starts one."""
        kind = self._kind(exercise)
        seconds = exercise.head.seconds + (CUDA_S if kind.cuda else 0)
        sent = wire.job({**job, "seconds": seconds}, drawn.arguments, drawn.arrays)
        return self.crew.run(kind, sent, seconds)


class _Confined:
    """One submission in the learner's worker."""

    def __init__(
        self, grader: Grader, exercise: Exercise, source: str, file: str
    ) -> None:
        self.grader, self.exercise, self.file = grader, exercise, file
        self.job = {
            "source": source,
            "file": file,
            "function": exercise.head.function,
            "harness": exercise.harness,
            "options": {
                **exercise.head.options,
                "device": grader.device_of(exercise),
            },
            "warm": WARM.get(exercise.head.harness, ""),
        }
        self.printed = bytearray()

    def outputs(self, one: wire.Drawn) -> judging.Answered:
        """Run one case and read what came back."""
        outcome = self.grader.run(self.exercise, self.job, one)
        self.printed += outcome.output[: (1 << 16) - len(self.printed)]
        if outcome.end != "answered" or outcome.flooded:
            return None, self._ended(outcome), True
        try:
            answer, arrays = unpack(outcome.result, SMALL)
            if isinstance(answer.get("error"), dict):
                signature = self.exercise.head.signature
                return None, *trouble.raised(answer["error"], signature)
            return wire.outputs(answer["outputs"], arrays), "", False
        except (FrameError, KeyError, TypeError, ValueError):
            return None, self._ended(outcome), False

    def _ended(self, outcome: Outcome) -> str:
        head = self.exercise.head
        return trouble.ended(outcome, head.function, self.file, head.seconds)
