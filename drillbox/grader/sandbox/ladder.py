"""Start a learner's worker on the highest rung that works here, and say which it is."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from drillbox.errors import GraderError
from drillbox.grader.sandbox import bwrap, visible
from drillbox.workers.forkserver import ForkServer, Lost
from drillbox.workers.frame import LARGE, SMALL, pack
from drillbox.workers.piped import Gone
from drillbox.workers.spare import Spare
from drillbox.workers.spawn import Outcome, Program, package_directories

Level = Literal["sealed", "confined", "guarded", "limits only"]
Layer = Literal["bwrap", "landlock", "seccomp"]
LAYERS: frozenset[Layer] = frozenset({"bwrap", "landlock", "seccomp"})
_RUNGS: tuple[frozenset[Layer], ...] = (
    LAYERS,
    frozenset({"landlock", "seccomp"}),
    frozenset({"seccomp"}),
    frozenset({"landlock"}),
    frozenset(),
)
CANARIES = ("write", "read", "connect", "exec", "fork", "signal")
START_S = 120.0

_HERE = os.path.dirname(os.path.abspath(__file__))
_LANDLOCK = os.path.join(_HERE, "landlock.py")
_SECCOMP = os.path.join(_HERE, "seccomp.py")
_MEMORY = 4 << 30
_MISSING = "bubblewrap is not installed"
_REFUSE = {
    "drillbox": "drillbox cannot be imported here: your code is graded on its own",
}
_REFUSE_TORCH = dict.fromkeys(
    ("torch", "functorch", "sympy", "jax", "autograd", "tensorflow"),
    "only numpy can be imported in this exercise: derive the result by hand",
)


@dataclass(frozen=True)
class Sandbox:
    """What stands around the code, as the canaries found it.

    layers: named for people. open: canaries that nothing stopped. reference_readable:
    whether a file of the reference solution could be opened from inside. why: what
    keeps it from the sealed level, where that can be mended.
    """

    level: Level
    layers: tuple[str, ...]
    open: tuple[str, ...]
    reference_readable: bool
    why: str = ""

    def __str__(self) -> str:
        stopped = len(CANARIES) - len(self.open)
        layers = f" ({', '.join(self.layers)})" if self.layers else ""
        text = f"Sandbox: {self.level}{layers}; {stopped} of {len(CANARIES)} probes "
        text += "blocked."
        text += f" Not sealed: {self.why}." if self.why else ""
        if self.reference_readable:
            text += (
                " Code can read the reference solution here: only you can be fooled."
            )
        return text


@dataclass
class Inside:
    """A started worker, with what it said of itself when it was ready."""

    worker: ForkServer | Spare
    head: dict[str, Any]
    wrapped: bool
    why: str = ""

    def run(self, job: bytes, seconds: float) -> Outcome:
        """Run one job; see the worker's own `run`."""
        return self.worker.run(job, seconds)

    def layers(self) -> tuple[str, ...]:
        """The layers that are on, in words."""
        names = ["bubblewrap"] if self.wrapped else []
        names += [f"Landlock {self.head['landlock']}"] if self.head["landlock"] else []
        return (*names, *(["seccomp"] if self.head["seccomp"] else []))

    def sandbox(self, found: dict[str, Any]) -> Sandbox:
        """The level that the canaries' answer allows to claim."""
        got_through = tuple(name for name in CANARIES if name in found["open"])
        level = _level(self, set(got_through))
        readable = bool(found["readable"])
        return Sandbox(level, self.layers(), got_through, readable, self.why)


def _level(inside: Inside, got_through: set[str]) -> Level:
    if not got_through and inside.head["landlock"] and inside.head["seccomp"]:
        return "sealed" if inside.wrapped else "confined"
    if inside.head["seccomp"] and got_through <= {"write", "read"}:
        return "guarded"
    return "limits only"


def start(
    torch: bool,
    *,
    cuda: bool = False,
    layers: Iterable[Layer] = LAYERS,
    single_use: bool = False,
    reference: bool = False,
) -> Inside:
    """Start a worker on the highest rung; GraderError with the reason if none works.

    torch: or else only numpy. single_use: a warm process instead of a fork server;
    always so for CUDA and where forking is not safe. reference: the worker for an
    author's code, which may import drillbox.reference and answer at length.
    """
    spare = single_use or cuda or sys.platform != "linux"
    wanted = frozenset() if cuda or sys.platform != "linux" else frozenset(layers)
    reason = "" if spare or "bwrap" not in wanted else _MISSING
    caps = LARGE if reference else SMALL
    for program in _programs(torch, cuda, wanted, spare, reference):
        try:
            worker = Spare(program, caps) if spare else ForkServer(program, caps)
            head = worker.ready(START_S)
        except (Lost, Gone) as error:
            reason = str(error)
            continue
        except OSError as error:
            reason = f"{program.command(None)[0]}: {error.strerror}"
            continue
        if spare or _answers(worker):
            wrapped = bool(program.prefix)
            return Inside(worker, head, wrapped, "" if wrapped else reason)
        worker.close()
        reason = "a layer that this system has could not be entered"
    raise GraderError(f"the process that runs your code could not start: {reason}")


def _answers(worker: ForkServer | Spare) -> bool:
    """Whether a child gets through its layers at all; they fail closed."""
    fields = dict.fromkeys(("source", "file", "function", "calls", "warm"), "")
    nothing = "def run(*_):\n    return []\n"
    rest = {"harness": nothing, "options": {}, "arguments": [], "seconds": START_S}
    outcome = worker.run(pack({**fields, **rest}), START_S)
    return outcome.end == "answered" and bool(outcome.result)


def _programs(
    torch: bool, cuda: bool, wanted: frozenset[Layer], spare: bool, reference: bool
) -> Iterator[Program]:
    """From the highest rung to the lowest. CUDA needs devices, libraries and ioctls
    that these layers would forbid, so there is only the lowest."""
    packages = package_directories()
    read = visible.readable(packages, torch)
    listed = visible.listed(packages)
    refuse = _REFUSE if torch else {**_REFUSE, **_REFUSE_TORCH}
    paths = packages
    if reference:
        refuse = {}
        read += visible.LIBRARY
        paths = (*packages, visible.ABOVE)
        listed.append(visible.ABOVE)
    for rung in dict.fromkeys(rung & wanted for rung in _RUNGS):
        prefix: tuple[str, ...] = ()
        if "bwrap" in rung:
            found = None if spare else bwrap.prefix(read, (_LANDLOCK, _SECCOMP))
            if found is None:
                continue
            prefix = found
        confine = {
            "landlock": _LANDLOCK if "landlock" in rung else None,
            "seccomp": _SECCOMP if "seccomp" in rung else None,
            "read": read,
            "listed": listed,
        }
        limits = _limits(cuda, spare or reference)
        yield Program(torch, refuse, confine, limits, prefix, cuda, paths)


def _limits(cuda: bool, long: bool) -> dict[str, int]:
    """RLIMIT name → value; CUDA maps hundreds of gigabytes, so no AS there."""
    seconds = 120 if long else 10  # of one submission, or of one case
    memory = {} if cuda else {"AS": _MEMORY}
    files = 1024 if cuda else 64
    rest = {"FSIZE": 0, "CORE": 0, "NOFILE": files, "MEMLOCK": 0}
    return {"CPU": seconds, **memory, **({"CORE": 0} if cuda else rest)}


def options(secrets: Iterable[str]) -> dict[str, Any]:
    """What the canaries need: a file to make, and the files to try."""
    name = f"drillbox-canary-{os.getpid()}"
    path = os.path.join(tempfile.gettempdir(), name)
    return {"write": path, "secrets": list(secrets)}
