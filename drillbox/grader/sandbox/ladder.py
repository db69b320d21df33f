"""Start a learner's worker on the highest rung that works here, and say which it is."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from drillbox.errors import GraderError
from drillbox.grader.sandbox import bwrap, gpu, remembered, seatbelt, visible, wayup
from drillbox.grader.sandbox.wayup import Way
from drillbox.words import N_, _
from drillbox.workers.forkserver import ForkServer, Lost
from drillbox.workers.frame import LARGE, SMALL, pack
from drillbox.workers.piped import Gone
from drillbox.workers.spare import Spare
from drillbox.workers.spawn import Outcome, Program, package_directories

Level = Literal["sealed", "confined", "guarded", "limits only"]
NUMBER: dict[Level, int] = {"sealed": 3, "confined": 2, "guarded": 1, "limits only": 0}
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
_WITH_GPU = 16 << 30  # in use, not addresses: the libraries alone take three
_TORCH = ("torch", "functorch", "sympy", "jax", "autograd", "tensorflow")


_LEVELS = (N_("sealed"), N_("confined"), N_("guarded"), N_("limits only"))


@dataclass(frozen=True)
class Sandbox:
    """What stands around the code, as the canaries found it.

    layers: named for people. open: canaries that nothing stopped. reference_readable:
    whether a file of the reference solution could be opened from inside. why: what
    keeps it from the sealed level, and the way up. hidden: a GPU that is here and not
    visible inside.
    """

    level: Level
    layers: tuple[str, ...]
    open: tuple[str, ...]
    reference_readable: bool
    why: str = ""
    hidden: str = ""

    @property
    def number(self) -> int:
        """3 sealed, 2 confined, 1 guarded, 0 limits only."""
        return NUMBER[self.level]

    def __str__(self) -> str:
        bare = _("Sandbox: {level} (level {n}); {stopped} of {probes} probes blocked.")
        said = _(
            "Sandbox: {level} (level {n}: {layers}); {stopped} of {probes} probes "
            "blocked."
        )
        head = (said if self.layers else bare).format(
            level=_(self.level),
            n=self.number,
            layers=", ".join(self.layers),
            stopped=len(CANARIES) - len(self.open),
            probes=len(CANARIES),
        )
        readable = _(
            "Code can read the reference solution here: only you can be fooled."
        )
        parts = [
            head,
            _("Not sealed: {why}.").format(why=self.why) if self.why else "",
            gpu.sentence(self.hidden) if self.hidden else "",
            readable if self.reference_readable else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass
class Inside:
    """A started worker, with what it said of itself when it was ready. around: the
    program it runs in, in words."""

    worker: ForkServer | Spare
    head: dict[str, Any]
    around: str = ""
    way: Way = field(default_factory=Way)
    hidden: str = ""

    def run(self, job: bytes, seconds: float) -> Outcome:
        """Run one job; see the worker's own `run`."""
        return self.worker.run(job, seconds)

    def layers(self) -> tuple[str, ...]:
        """The layers that are on, in words."""
        names = [self.around] if self.around else []
        names += [f"Landlock {self.head['landlock']}"] if self.head["landlock"] else []
        return (*names, *(["seccomp"] if self.head["seccomp"] else []))

    def sandbox(self, found: dict[str, Any]) -> Sandbox:
        """The level that the canaries' answer allows to claim."""
        got_through = tuple(name for name in CANARIES if name in found["open"])
        level = _level(self, set(got_through))
        readable = bool(found["readable"])
        why = "" if level == "sealed" else str(self.way)
        return Sandbox(level, self.layers(), got_through, readable, why, self.hidden)


def _level(inside: Inside, got_through: set[str]) -> Level:
    filtered = bool(inside.head["seccomp"])
    if not got_through and inside.head["landlock"] and filtered:
        return "sealed" if inside.around == BUBBLEWRAP else "confined"
    if (filtered or inside.around == SEATBELT) and got_through <= {"read"}:
        return "guarded"
    return "limits only"


BUBBLEWRAP, SEATBELT = "bubblewrap", "sandbox-exec"


@dataclass(frozen=True)
class Wanted:
    """What a worker is for. torch: or else only numpy. device: cpu, cuda or mps.
    reference: an author's code, which may import drillbox.reference and answer at
    length. single_use: a warm process instead of a fork server; always so for a GPU
    and where forking is not safe. limits: rlimits; tests take them away."""

    torch: bool
    device: str = "cpu"
    reference: bool = False
    single_use: bool = False
    limits: bool = True

    @property
    def spare(self) -> bool:
        """Whether its process is used once."""
        return self.single_use or self.device != "cpu" or sys.platform != "linux"


def start(wanted: Wanted, layers: Iterable[Layer] = LAYERS) -> Inside:
    """Start a worker on the highest rung; GraderError with the reason if none works.

    layers: of Linux, as far as they work here.
    """
    caps = LARGE if wanted.reference else SMALL
    reason = ""
    for program, around, way in _programs(wanted, frozenset(layers)):
        try:
            worker = Spare(program, caps) if wanted.spare else ForkServer(program, caps)
            head = worker.ready(START_S)
        except (Lost, Gone) as error:
            reason = str(error)
        except OSError as error:
            reason = f"{program.command(None)[0]}: {error.strerror}"
        else:
            if wanted.spare or _answers(worker):
                way = _way(wanted, head, around, way, reason)
                return Inside(worker, head, around, way, _hidden(wanted))
            worker.close()
            reason = _("a layer that this system has could not be entered")
        if around == BUBBLEWRAP and reason.startswith("bwrap"):
            remembered.remember(reason)
    said = _("the process that runs your code could not start: {why}")
    raise GraderError(said.format(why=reason))


def _hidden(wanted: Wanted) -> str:
    """A GPU that this machine has and the worker does not see."""
    return gpu.here() if wanted.torch and wanted.device == "cpu" else ""


def _way(
    wanted: Wanted, head: dict[str, Any], around: str, way: Way, reason: str
) -> Way:
    """What keeps this worker from the sealed level: what it lacks, else what failed."""
    if wanted.device != "cpu":
        return wayup.gpu(wanted.device)
    if sys.platform == "darwin":
        return wayup.macos("" if around else reason)
    if sys.platform != "linux":
        return wayup.windows()
    lacking = wayup.lacking(head["landlock"], head["seccomp"])
    if lacking.why or way.why or around:
        return lacking if lacking.why else way
    return wayup.refused(reason)


def _answers(worker: ForkServer | Spare) -> bool:
    """Whether a child gets through its layers at all; they fail closed."""
    fields = dict.fromkeys(("source", "file", "function", "calls", "warm"), "")
    nothing = "def run(*_):\n    return []\n"
    rest = {"harness": nothing, "options": {}, "arguments": [], "seconds": START_S}
    outcome = worker.run(pack({**fields, **rest}), START_S)
    return outcome.end == "answered" and bool(outcome.result)


def _programs(
    wanted: Wanted, layers: frozenset[Layer]
) -> Iterator[tuple[Program, str, Way]]:
    """From the highest rung to the lowest: the program, what is around it, and why it
    is no higher one, where that is known before it starts."""
    packages = package_directories()
    read = visible.readable(packages, wanted.torch)
    listed = visible.listed(packages)
    refuse = _refused(wanted.torch)
    paths = packages
    if wanted.reference:
        refuse = {}
        read += visible.LIBRARY
        paths = (*packages, visible.ABOVE)
        listed.append(visible.ABOVE)
    for rung, around, prefix, way in _rungs(wanted, layers, read):
        confine = {
            "landlock": _LANDLOCK if "landlock" in rung else None,
            "seccomp": _SECCOMP if "seccomp" in rung else None,
            "read": read,
            "listed": listed,
        }
        program = Program(
            torch=wanted.torch,
            refuse=refuse,
            confine=confine,
            limits=_limits(wanted),
            prefix=prefix,
            cuda=wanted.device == "cuda",
            paths=paths,
            watched=_watched(wanted),
        )
        yield program, around, way


def _refused(torch: bool) -> dict[str, str]:
    """What cannot be imported, and what is said then."""
    own = _("drillbox cannot be imported here: your code is graded on its own")
    by_hand = _(
        "only numpy can be imported in this exercise: derive the result by hand"
    )
    return {"drillbox": own, **({} if torch else dict.fromkeys(_TORCH, by_hand))}


_Rung = tuple[frozenset[Layer], str, tuple[str, ...], Way]


def _rungs(
    wanted: Wanted, layers: frozenset[Layer], read: list[str]
) -> Iterator[_Rung]:
    """The layers of each rung, what is around the worker, its command, and why it is no
    higher one. A GPU needs what they all forbid, so there is only the lowest."""
    if wanted.device != "cpu" or sys.platform not in ("linux", "darwin"):
        yield frozenset(), "", (), Way()
        return
    if sys.platform == "darwin":
        prefix = seatbelt.prefix(read) if layers else None
        if prefix is not None:
            yield frozenset(), SEATBELT, prefix, Way()
        yield frozenset(), "", (), Way()
        return
    way = Way()
    for rung in dict.fromkeys(rung & layers for rung in _RUNGS):
        if "bwrap" not in rung:
            yield rung, "", (), way
        elif wanted.spare:
            way = Way(_("a process that is used once does not stand in bubblewrap"))
        elif (prefix := bwrap.prefix(read, (_LANDLOCK, _SECCOMP))) is None:
            way = wayup.not_installed()
        elif said := remembered.refusal():
            way = wayup.refused(said)
        else:
            yield rung, BUBBLEWRAP, prefix, way


def _limits(wanted: Wanted) -> dict[str, int]:
    """RLIMIT name → value; CUDA maps hundreds of gigabytes, so no AS there."""
    if not wanted.limits:
        return {}
    # of one submission, or of one case
    seconds = 120 if wanted.spare or wanted.reference else 10
    if wanted.device != "cpu":
        return {"CPU": seconds, "CORE": 0}
    rest = {"FSIZE": 0, "CORE": 0, "NOFILE": 64, "MEMLOCK": 0}
    return {"CPU": seconds, "AS": _MEMORY, **rest}


def _watched(wanted: Wanted) -> int | None:
    """Bytes in use at which a watchdog ends it, where no rlimit does."""
    if wanted.device != "cpu":
        return _WITH_GPU
    return _MEMORY if sys.platform == "darwin" else None


def options(secrets: Iterable[str]) -> dict[str, Any]:
    """What the canaries need: a file to make, one of this home to read, and secrets."""
    name = f"drillbox-canary-{os.getpid()}"
    path = os.path.join(tempfile.gettempdir(), name)
    return {"write": path, "home": _at_home(), "secrets": list(secrets)}


def _at_home() -> str:
    """A file in the home directory that can be read from here; else the directory."""
    home = os.path.expanduser("~")
    try:
        found = [entry.path for entry in os.scandir(home) if entry.is_file()]
    except OSError:
        return home
    return next((path for path in found if os.access(path, os.R_OK)), home)
