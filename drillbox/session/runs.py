"""Starting any run; the run `step` is joined here, since it runs the learner's code.

A run streams records from a worker of ours (lab/begin.py). The run `step` has two: the
learner's, behind the sandbox, and the reference's. lab/ and grader/ know nothing of
each other, so what one says is turned into what the other reads in this file.
"""

import os
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from drillbox.errors import DrillboxError
from drillbox.lab import begin as lab
from drillbox.lab.general import Record, Run, Value
from drillbox.lab.run import LabError
from drillbox.lab.step import COURSE, EXERCISE, MINE, STEP
from drillbox.words import _
from drillbox.workers.stream import Warm

if TYPE_CHECKING:
    from drillbox.grader.alongside import Alongside, Plan


class Pair:
    """The two workers of the run `step`; started ahead (`start`), ended by `close`."""

    def __init__(self) -> None:
        from drillbox.grader.supervisor import Grader  # numpy: about 100 ms

        self.grader = Grader()
        self.starting: threading.Thread | None = None
        self.closing: threading.Thread | None = None
        self.stopped = False
        self.busy = threading.Lock()  # a run works

    def start(self) -> None:
        """Let both import torch. What prevents that is said by the run."""
        self.stopped = False
        if self.starting is None or not self.starting.is_alive():
            self.starting = threading.Thread(target=self._warm, daemon=True)
            self.starting.start()

    def _warm(self) -> None:
        with suppress(DrillboxError):
            self.wait()

    def wait(self) -> None:
        """Return once both can work. GraderError if one cannot be started."""
        from drillbox.grader.exercise import find

        if self.closing is not None:
            self.closing.join()  # or it would end what is started now
        self.grader.warm(find(EXERCISE))

    def close(self) -> None:
        """End both, whatever they do; what streams from them just ends.

        Whoever has pressed Esc waits for nothing: the processes are killed here, and
        what is left of them is cleared away once the run has seen it.
        """
        self.stopped = True
        self.grader.crew.stop()
        begun = self.starting
        self.closing = threading.Thread(target=self._clear, args=(begun,), daemon=True)
        self.closing.start()

    def _clear(self, begun: threading.Thread | None) -> None:
        if begun is not None:
            begun.join()  # or it would start what nobody ends
        with self.busy:
            self.grader.close()


Worker = Warm | Pair


def worker_of(run: Run) -> Worker:
    """What starts a worker of the run ahead (`start`) and ends it (`close`)."""
    return Pair() if run.id == STEP.id else lab.worker_of(run)


def begin(
    run: Run,
    values: Mapping[str, Value],
    *,
    device: str = "auto",
    seed: int = 0,
    warm: Worker | None = None,
) -> Generator[Record, None, None]:
    """Run it and yield its records as they come; see lab/begin.py.

    Raises LabError, and GraderError for a file that is not there: at once.
    """
    if run.id != STEP.id:
        assert not isinstance(warm, Pair)
        return lab.begin(run, values, device=device, seed=seed, warm=warm)
    asked = lab.request(run, values, device=device, seed=seed)
    source, file = code_of(str(values["code"]))
    assert not isinstance(warm, Warm)
    head = {name: asked[name] for name in ("run", "seed", "settings", "device")}
    about = {"dtype": "float64", "threads": 1, "torch": version("torch")}
    first = {"type": "header", **head, **about}
    return _records(first, source, file, warm)


def ready(run: Run) -> None:
    """Refuse before any question what cannot be run as the run's text says."""
    if run.id == STEP.id:
        code_of(MINE)


def code_of(whose: str) -> tuple[str, str]:
    """The source of a train step, and how messages call its file.

    whose: MINE, COURSE or a path. LabError if the learner has written none yet.
    """
    from drillbox.grader import submission, workfile
    from drillbox.grader.exercise import find

    exercise = find(EXERCISE)
    if whose == COURSE:
        return exercise.reference, "reference.py"
    path = workfile.path_of(EXERCISE) if whose == MINE else whose
    if whose != MINE:
        return submission.read(path), os.path.basename(path)
    if not os.path.exists(path) or submission.read(path) == exercise.starter:
        none = _(
            "this run needs a train step of yours and there is none yet; "
            "`drillbox exercise start {name}` makes the file to write it in"
        )
        raise LabError(none.format(name=EXERCISE))
    return submission.read(path), os.path.basename(path)


def _records(
    first: Record, source: str, file: str, warm: Pair | None
) -> Generator[Record, None, None]:
    """Every record; a warm pair that is closed ends them without an error."""
    pair = warm or Pair()
    pair.stopped = False
    yield first
    try:
        pair.wait()
        with pair.busy:
            yield from _timed(pair, first, source, file)
    except DrillboxError:
        if not pair.stopped:
            raise
    finally:
        if warm is None:
            pair.close()


def _timed(pair: Pair, first: Record, source: str, file: str) -> Iterator[Record]:
    """What is compared, and the end, unless the pair is closed."""
    began = time.perf_counter()
    for record in _compared(pair, first, source, file):
        if pair.stopped:
            return
        yield record
        if pair.stopped:  # the next step would start another worker
            return
    yield {"type": "end", "seconds": round(time.perf_counter() - began, 3)}


def _compared(pair: Pair, first: Record, source: str, file: str) -> Iterator[Record]:
    from drillbox.grader.alongside import Alongside
    from drillbox.grader.exercise import find

    plan = _plan(first["settings"], first["seed"])
    both = Alongside(pair.grader, find(EXERCISE), source, file, plan)
    yield {"type": "batch", "pairs": plan.pairs, "tokens": both.tokens()}
    yield from _steps(both)
    for bug in both.bugs():
        yield {"type": "bug", "bug": bug.id, "where": bug.where, "what": bug.what}


def _plan(values: Mapping[str, Value], seed: int) -> "Plan":
    from drillbox.grader.alongside import Plan

    return Plan(
        seed,
        int(values["steps"]),
        int(values["pairs"]),
        float(values["beta"]),
        float(values["lr"]),
    )


def _steps(both: "Alongside") -> Iterator[Record]:
    """The steps; behind the first at which they part, what it is that differs."""
    together = True
    for one in both.steps():
        yield {
            "type": "step",
            "step": one.step,
            "loss": one.ours,
            "loss_yours": one.yours,
            "apart": one.apart,
        }
        if one.wrong and together:
            together = False
            found = both.diagnosis()
            known = found.message if found else ""
            yield {
                "type": "parted",
                "step": one.step,
                "what": one.wrong,
                "known": known,
            }
