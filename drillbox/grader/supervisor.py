"""Grades a submission with two other processes; sees their frames and nothing else.

The learner's worker gets source and inputs, the reference worker keeps solution,
generator and seeds, the verdict is worked out here. All processes are started by exec,
when they are first needed, and stay warm until `close`.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal, Self

import drillbox
from drillbox.errors import GraderError
from drillbox.grader import diagnose, judging, printable, trouble, wire
from drillbox.grader.exercise import HARNESSES, Exercise
from drillbox.grader.judging import OnCase
from drillbox.grader.report import Diagnosis, Report
from drillbox.grader.sandbox import ladder
from drillbox.grader.sandbox.ladder import LAYERS, Inside, Layer, Sandbox
from drillbox.workers.frame import LARGE, SMALL, Array, FrameError, pack, unpack
from drillbox.workers.piped import Gone, Late, Piped
from drillbox.workers.spawn import Outcome
from drillbox.workers.stream import environment

Device = Literal["auto", "cpu", "cuda"]
DEVICES: tuple[Device, ...] = ("auto", "cpu", "cuda")
Kind = tuple[bool, bool]
Cards = Callable[[str, str], Iterable[str]]  # course, misconception → ids of cards

REFERENCE_S = 60.0
CUDA_S = 20.0  # the first kernel of a process loads and compiles for seconds

# What a harness of this name makes torch import on its first use: 2 s, so once.
_WARM = {"train_step": "import torch._dynamo"}


class Grader:
    """Grades submissions; warm between them. One at a time, from any thread.

    device: auto is the CPU, in float64; cuda only when it is asked for. layers: of the
    sandbox, as far as they work here. single_use: a warm process for each submission
    instead of a fork server (so on macOS and Windows, and for CUDA). seed: of the
    cases; None draws fresh ones for every submission. cards: more cards for a
    diagnosis.
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
        self._layers = frozenset(layers)
        self._single_use = single_use
        self.seed = seed
        self._cards = cards
        self._lock = threading.Lock()
        self._workers: dict[Kind, Inside] = {}
        self._sandboxes: dict[tuple[Kind, str], Sandbox] = {}
        self._referee: Piped | None = None

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
            for kind in tuple(self._workers):
                self._drop(kind)
            if self._referee is not None:
                self._referee.close()
                self._referee = None

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
            started = time.perf_counter()
            self._ask(self._request(exercise, "cases"))
            sandbox = self._sandbox(exercise)
            drawn = wire.drawn(*self._answer())
            name = printable.line(os.path.basename(file or f"{exercise.id}.py"), 80)
            confined = _Confined(self, exercise, source, name)
            judged = judging.cases(exercise, drawn, confined.outputs, on_case)
            self._submitted(exercise)
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
            return self._diagnosed(exercise, report, judged)

    def grade_live(
        self, exercise: Exercise, function: Callable[..., Any], notes: Iterable[str]
    ) -> Report:
        """The verdict on a function in this very process, by the same cases.

        Nothing protects the caller from it; for a function that cannot be carried.
        """
        with self._lock:
            started = time.perf_counter()
            self._ask(self._request(exercise, "cases"))
            drawn = wire.drawn(*self._answer())
            outputs = judging.live(exercise, function, self.device_of(exercise))
            judged = judging.cases(exercise, drawn, outputs, None)
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
            return self._diagnosed(exercise, report, judged)

    def device_of(self, exercise: Exercise) -> str:
        """Where this exercise is graded: numpy arrays have no device."""
        return "cpu" if exercise.head.harness == "arrays" else self.device

    def _notes(self, exercise: Exercise) -> tuple[str, ...]:
        if self.device_of(exercise) == self.device:
            return ()
        return ("this exercise is about numpy arrays, so it was graded on the CPU",)

    # -- the learner's worker

    def _kind(self, exercise: Exercise) -> Kind:
        """Which worker: with torch, on a GPU."""
        torch = not exercise.head.numpy_only
        return torch, self.device_of(exercise) == "cuda"

    def _inside(self, kind: Kind) -> Inside:
        if kind not in self._workers:
            torch, cuda = kind
            single_use = self._single_use
            inside = ladder.start(
                torch, cuda=cuda, layers=self._layers, single_use=single_use
            )
            self._workers[kind] = inside
            if cuda and not inside.head["cuda"]:
                self._drop(kind)
                raise GraderError(
                    "torch finds no CUDA device here; use --device cpu, which grades "
                    "the same cases"
                )
        return self._workers[kind]

    def _drop(self, kind: Kind) -> None:
        self._workers.pop(kind).worker.close()

    def _submitted(self, exercise: Exercise) -> None:
        inside = self._workers.get(self._kind(exercise))
        if inside is not None:
            inside.worker.submitted()

    def _sandbox(self, exercise: Exercise) -> Sandbox:
        """What stands around this exercise's code, by trying; once for each folder."""
        kind = self._kind(exercise)
        key = (kind, exercise.directory)
        if kind not in self._workers or key not in self._sandboxes:
            secrets = (exercise.reference, str(drillbox.__file__))
            job = {
                "harness": _text("canaries"),
                "options": ladder.options(secrets),
                "warm": _WARM.get(exercise.head.harness, ""),
            }
            inside = self._inside(kind)
            outcome = inside.run(wire.job(job, [], ()), ladder.START_S)
            self._sandboxes[key] = inside.sandbox(wire.canaries(outcome))
            inside.worker.submitted()
        return self._sandboxes[key]

    def run(
        self, exercise: Exercise, job: Mapping[str, Any], drawn: wire.Drawn
    ) -> Outcome:
        """Run one case; a worker that is lost is dropped, the next case starts one."""
        kind = self._kind(exercise)
        seconds = exercise.head.seconds + (CUDA_S if kind[1] else 0)
        sent = wire.job({**job, "seconds": seconds}, drawn.arguments, drawn.arrays)
        outcome = self._inside(kind).run(sent, seconds)
        if outcome.end == "lost":
            self._drop(kind)
        return outcome

    # -- the reference worker

    def _request(self, exercise: Exercise, op: str) -> dict[str, Any]:
        return {
            "op": op,
            "directory": exercise.directory,
            "function": exercise.head.function,
            "harness": exercise.harness,
            "options": judging.options(exercise, "cpu"),
            "seed": self.seed,
            "wrong": {wrong.id: wrong.file for wrong in exercise.wrong},
        }

    def _ask(self, request: Mapping[str, Any]) -> None:
        if self._referee is None:
            command = [sys.executable, "-P", "-B", "-m", "drillbox.grader.referee"]
            hidden = {"CUDA_VISIBLE_DEVICES": ""}
            self._referee = Piped(command, {**environment(1), **hidden}, LARGE)
        self._referee.send(pack(request))

    def _answer(self) -> tuple[dict[str, Any], list[Array]]:
        assert self._referee is not None
        try:
            head, arrays = unpack(self._referee.receive(REFERENCE_S), LARGE)
        except (Gone, Late, FrameError) as error:
            said = printable.lines(self._referee.take_output()[0])
            self._referee.close()
            self._referee = None
            last = said[-1] if said else type(error).__name__
            raise GraderError(f"the reference worker did not answer: {last}") from None
        if "error" in head:
            raise GraderError(f"the reference solution failed: {head['error']}")
        return head, arrays

    def _diagnosed(
        self, exercise: Exercise, report: Report, judged: judging.Judged
    ) -> Report:
        """With the wrong solution that the results are consistent with, if any."""
        if report.passed or all(one.outputs is None for one in judged.tried):
            return report
        self._ask(self._request(exercise, "signatures"))
        head, arrays = self._answer()
        signatures = {
            name: [None if one is None else wire.outputs(one, arrays) for one in cases]
            for name, cases in head["signatures"].items()
        }
        name = diagnose.match(judged.tried, signatures)
        for wrong in exercise.wrong:
            if wrong.id == name:
                more = self._cards(exercise.head.course, name) if self._cards else ()
                cards = tuple(dict.fromkeys((*wrong.cards, *more)))
                found = Diagnosis(name, wrong.message, cards)
                return replace(report, diagnosis=found)
        return report


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
            "options": judging.options(exercise, grader.device_of(exercise)),
            "warm": _WARM.get(exercise.head.harness, ""),
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


def _text(harness: str) -> str:
    with open(os.path.join(HARNESSES, f"{harness}.py"), encoding="utf-8") as file:
        return file.read()
