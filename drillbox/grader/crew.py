"""The processes of a grader: warm, confined, each started when it is first needed.

The learner's workers know source and inputs; the reference worker runs an author's
code, which is code of somebody else too, so it stands behind the same layers.
"""

import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import drillbox
from drillbox.errors import GraderError
from drillbox.grader import printable, trouble, wire
from drillbox.grader.exercise import Exercise, harness
from drillbox.grader.sandbox import ladder
from drillbox.grader.sandbox.ladder import LAYERS, Inside, Layer, Sandbox, Wanted
from drillbox.words import N_, _
from drillbox.workers.frame import Array, FrameError
from drillbox.workers.spawn import Outcome

REFERENCE_S = 60.0

# What a harness of this name makes torch import on its first use: 2 s, so once.
WARM = {"train_step": "import torch._dynamo"}


class Kind(NamedTuple):
    """Which worker. torch: or only numpy. cuda, mps: sees that GPU. reference: an
    author's code instead of a learner's."""

    torch: bool
    cuda: bool = False
    reference: bool = False
    mps: bool = False

    @property
    def device(self) -> str:
        """Where its tensors live."""
        return "cuda" if self.cuda else "mps" if self.mps else "cpu"


REFERENCE = Kind(torch=True, reference=True)
_MISSING = {
    "cuda": N_(
        "torch finds no CUDA device here; use --device cpu, which grades the same cases"
    ),
    "mps": N_(
        "torch finds no MPS device here, it takes a Mac with Apple silicon; use "
        "--device cpu, which grades the same cases"
    ),
}


class Crew:
    """The workers, by kind. layers, single_use: see `Grader`. limits: rlimits; tests
    take them away."""

    def __init__(
        self,
        layers: Iterable[Layer] = LAYERS,
        single_use: bool = False,
        limits: bool = True,
    ) -> None:
        self._layers = frozenset(layers)
        self._single_use = single_use
        self._limits = limits
        self._workers: dict[Kind, Inside] = {}
        self._sandboxes: dict[tuple[Kind, str], Sandbox] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """End every process."""
        for kind in tuple(self._workers):
            self.drop(kind)

    def stop(self) -> None:
        """From another thread: kill every process; a job that runs is lost, and is not
        waited for. `close` comes after."""
        with self._lock:
            running = tuple(self._workers.values())
        for one in running:
            one.worker.stop()

    def has(self, kind: Kind) -> bool:
        """Whether there is a worker of this kind."""
        return kind in self._workers

    def drop(self, kind: Kind) -> None:
        """End one; the next that needs it starts another."""
        with self._lock:
            gone = self._workers.pop(kind, None)
            # The next is tried anew, and imports meanwhile what a case has no time for.
            for key in [one for one in self._sandboxes if one[0] == kind]:
                del self._sandboxes[key]
        if gone is not None:
            gone.worker.close()

    def prepare(self, *kinds: Kind) -> None:
        """Start what is missing of these, side by side: each imports torch."""
        missing = [kind for kind in kinds if kind not in self._workers]
        if len(missing) < 2:
            for kind in missing:
                self.inside(kind)
            return
        with ThreadPoolExecutor(len(missing)) as pool:
            for one in [pool.submit(self.inside, kind) for kind in missing]:
                one.result()

    def inside(self, kind: Kind) -> Inside:
        """The worker of this kind, started if need be."""
        found = self._workers.get(kind)
        if found is None:
            found = self._start(kind)
            with self._lock:
                self._workers[kind] = found
            if kind.device != "cpu" and not found.head[kind.device]:
                self.drop(kind)
                raise GraderError(_(_MISSING[kind.device]))
        return found

    def _start(self, kind: Kind) -> Inside:
        wanted = Wanted(
            torch=kind.torch,
            device=kind.device,
            reference=kind.reference,
            single_use=self._single_use,
            limits=self._limits,
        )
        return ladder.start(wanted, self._layers)

    def run(self, kind: Kind, job: bytes, seconds: float) -> Outcome:
        """Run one job; a worker that is lost is dropped."""
        outcome = self.inside(kind).run(job, seconds)
        if outcome.end == "lost":
            self.drop(kind)
        return outcome

    def submitted(self, *kinds: Kind) -> None:
        """A submission is done; a process that is used once is replaced."""
        for kind in kinds:
            if kind in self._workers:
                self._workers[kind].worker.submitted()

    def sandbox(self, kind: Kind, exercise: Exercise) -> Sandbox:
        """What stands around this exercise's code, by trying; once a worker."""
        key = (kind, exercise.directory)
        if kind not in self._workers or key not in self._sandboxes:
            secrets = (exercise.reference_file, str(drillbox.__file__))
            warm = WARM.get(exercise.head.harness, "")
            self._sandboxes[key] = self.tried(kind, secrets, warm)
        return self._sandboxes[key]

    def tried(self, kind: Kind, secrets: Iterable[str], warm: str = "") -> Sandbox:
        """What stands around this worker, by trying what must not work. secrets: files
        that must not be readable there."""
        job = {
            "harness": harness("canaries"),
            "options": ladder.options(secrets),
            "warm": warm,
        }
        inside = self.inside(kind)
        outcome = inside.run(wire.job(job, [], ()), ladder.START_S)
        inside.worker.submitted()
        return inside.sandbox(wire.canaries(outcome))

    def ask(
        self,
        exercise: Exercise,
        options: Mapping[str, Any],
        arguments: Mapping[str, Array] | None = None,
    ) -> tuple[dict[str, Any], list[Array]]:
        """What the reference worker answers; GraderError if it cannot."""
        given = arguments or {}
        listed = [[name, ["array", k]] for k, name in enumerate(given)]
        job = {
            "source": exercise.reference,
            "file": "reference.py",
            "function": exercise.head.function,
            "harness": harness("referee"),
            "calls": exercise.harness,
            "options": {
                **options,
                "function": exercise.head.function,
                "harness": exercise.harness,
                "options": exercise.head.options,
            },
            "warm": WARM.get(exercise.head.harness, ""),
            "seconds": REFERENCE_S,
        }
        sent = wire.job(job, listed, tuple(given.values()))
        outcome = self.run(REFERENCE, sent, REFERENCE_S)
        try:
            head, arrays = wire.answered(outcome)
        except (FrameError, KeyError, TypeError, ValueError):
            raise GraderError(_silent(exercise, outcome)) from None
        if isinstance(head.get("error"), dict):
            failed = _("the reference solution failed: {why}")
            raise GraderError(failed.format(why=_said(head["error"])))
        wire.check(str(options["op"]), head, arrays)
        return head, arrays


def _said(error: Mapping[str, Any]) -> str:
    line = error.get("line")
    place = f"reference.py:{line}: " if type(line) is int else ""
    kind = printable.line(str(error.get("kind")), 80)
    return f"{place}{kind}: {printable.line(str(error.get('message')), 300)}"


def _silent(exercise: Exercise, outcome: Outcome) -> str:
    function = exercise.head.function
    said = printable.lines(outcome.output)
    why = said[-1] if said else trouble.ended(outcome, function, "", REFERENCE_S)
    return _("the reference worker did not answer: {why}").format(why=why)
