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
from typing import Any, Literal, Self, get_args

from drillbox.errors import GraderError
from drillbox.grader import diagnose, facts, judging, printable
from drillbox.grader.confined import Confined
from drillbox.grader.crew import REFERENCE, Crew, Kind
from drillbox.grader.exercise import Exercise
from drillbox.grader.grading import Grading
from drillbox.grader.judging import OnCase
from drillbox.grader.report import Case, Diagnosis, Report
from drillbox.grader.sandbox.ladder import LAYERS, Layer
from drillbox.words import _

Device = Literal["auto", "cpu", "cuda", "mps"]
DEVICES: tuple[Device, ...] = get_args(Device)
Cards = Callable[[str, str], Iterable[str]]  # course, misconception → ids of cards
IDLE_S = 300.0


class Grader:
    """Grades submissions; warm between them. One at a time, from any thread.

    device: auto is the CPU, in float64; cuda and mps only when they are asked for, and
    then the CPU comes first. layers: of the sandbox, as far as they work here.
    single_use: a warm process for each submission instead of a fork server (so on macOS
    and Windows, and for CUDA). seed: of the cases; None draws them from a secret of
    this grader and the submission. cards: the course's cards on a misconception.
    idle_s: after so many seconds without a submission the reference worker ends, half
    of the memory; the next submission waits for another.
    """

    def __init__(
        self,
        device: Device = "auto",
        *,
        layers: Iterable[Layer] = LAYERS,
        single_use: bool = False,
        seed: int | None = None,
        cards: Cards | None = None,
        idle_s: float = IDLE_S,
    ) -> None:
        self.device = "cpu" if device == "auto" else device
        self.crew = Crew(layers, single_use)
        self.seed = seed
        self._secret = secrets.token_bytes(32)
        self._cards = cards
        self._lock = threading.Lock()
        self._idle_s = idle_s
        self._idle: threading.Timer | None = None

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
            self._stay_up()
            self.crew.close()

    @property
    def resting(self) -> bool:
        """Whether the next submission waits for a worker that has to start."""
        return not self.crew.has(REFERENCE)

    def rest(self) -> None:
        """Let go of the reference worker until the next submission."""
        with self._lock:
            self.crew.drop(REFERENCE)

    def _stay_up(self) -> None:
        if self._idle is not None:
            self._idle.cancel()

    def _done(self, *kinds: Kind) -> None:
        """A submission is over; from now on it is idle."""
        self.crew.submitted(REFERENCE, *kinds)
        self._stay_up()
        self._idle = threading.Timer(self._idle_s, self.rest)
        self._idle.daemon = True
        self._idle.start()

    def warm(self, exercise: Exercise) -> None:
        """Start what grading this exercise will need; takes as long as importing torch.

        GraderError if it cannot be started.
        """
        with self._lock:
            self._start(exercise)
            # What the reference worker imports at its first case, 2 s for a train step.
            self.grading(exercise, "").draw()

    def _start(self, exercise: Exercise) -> None:
        kinds = self._kinds(exercise)
        self.crew.prepare(REFERENCE, *kinds)
        for kind in kinds:
            self.crew.sandbox(kind, exercise)

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
        with self._lock:
            self._start(exercise)
            started = time.perf_counter()
            name = printable.line(os.path.basename(file or f"{exercise.id}.py"), 80)
            grading = self.grading(exercise, source)
            kinds = self._kinds(exercise)
            cases: tuple[Case, ...] = ()
            printed = bytearray()
            for kind in kinds:
                confined = Confined(self.crew, kind, exercise, source, name)
                judged = grading.judged(confined.outputs, on_case, kind.device)
                cases += judged.cases
                printed += confined.printed
                if not judged.passed:
                    break
            report = Report(
                exercise=exercise.id,
                file=file or name,
                passed=judged.passed,
                device=kind.device,
                sandbox=self.crew.sandbox(kind, exercise),
                seconds=time.perf_counter() - started,
                cases=cases,
                printed=tuple(printable.lines(bytes(printed))),
                notes=self._notes(exercise),
            )
            report = self._diagnosed(grading, report, judged)
            self._done(*kinds)
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
            judged = grading.judged(judging.live(exercise, function, "cpu"))
            report = Report(
                exercise=exercise.id,
                file="",
                passed=judged.passed,
                device="cpu",
                sandbox=None,
                seconds=time.perf_counter() - started,
                cases=judged.cases,
                notes=tuple(notes),
            )
            report = self._diagnosed(grading, report, judged)
            self._done()
            return report

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
        wrong = None
        try:
            wrong = grading.known(judged) if report.device == "cpu" else None
        except GraderError as error:  # a known wrong solution that loops or exits
            none = _("no diagnosis: {why}").format(why=error)
            notes = (*report.notes, none)
            report = replace(report, notes=notes)
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
        if self.device == "cpu" or len(self._kinds(exercise)) > 1:
            return ()
        return (_("this exercise is about numpy arrays, so it was graded on the CPU"),)

    def _kinds(self, exercise: Exercise) -> tuple[Kind, ...]:
        """Which workers run the learner's code: on the CPU, in float64, and then also
        on the device; numpy arrays have none."""
        torch, device = exercise.head.torch, self.device
        first = Kind(torch)
        if device == "cpu" or not torch or exercise.head.arguments == "arrays":
            return (first,)
        return first, Kind(torch, cuda=device == "cuda", mps=device == "mps")
