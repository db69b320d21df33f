"""What doctor says: the level, what was tried, what stays open, what nobody tried."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from drillbox.grader.sandbox import landlock
from drillbox.grader.sandbox.ladder import CANARIES, Sandbox
from drillbox.words import N_, _

# English in the JSON; `_` where a person reads it.
PROBES = {
    "write": N_("write a file"),
    "read": N_("read a file at home, or the reference solution"),
    "connect": N_("reach the network"),
    "exec": N_("start another program"),
    "fork": N_("start another process"),
    "signal": N_("signal the process that started it"),
}
NEVER_RUN = (
    N_("macOS: its sandbox-exec profile, and the watchdog there"),
    N_("native Windows"),
    N_("CUDA and MPS devices"),
    N_("aarch64: its filter was worked out and compared, never entered"),
)
_ALWAYS = (
    N_("the kernel is shared: a hole in it is a hole in every layer"),
    N_("a course decides what is right in its own exercises"),
    N_("--device cuda and mps run without layers"),
    N_(
        "drillbox.check of a function whose source cannot be read runs in your own "
        "process"
    ),
)
_STAT = N_(
    "whether other files exist, how large and how old they are; this machine's name; "
    "which process numbers are taken: only bubblewrap hides these"
)
_MEMORY = N_("memory is limited by a watchdog that looks ten times a second")


@dataclass(frozen=True)
class Examined:
    """learner: around a learner's code. author: around a course's reference code."""

    learner: Sandbox
    author: Sandbox
    versions: dict[str, str]

    def json(self) -> dict[str, Any]:
        """The fields that `drillbox doctor --json` prints."""
        return {
            **_about(self.learner),
            "author": _about(self.author),
            "versions": self.versions,
            "not_covered": list(not_covered(self.learner)),
            "never_run_by_a_test": list(NEVER_RUN),
        }

    def text(self) -> Iterator[str]:
        """Lines for a person."""
        yield str(self.learner)
        yield ""
        yield _("What a learner's code tried here:")
        yield from (f"  {mark:11}  {what}" for what, mark in _tried(self.learner))
        open_to_it = _("Reference solution: can be read.")
        closed = _("Reference solution: out of reach.")
        yield open_to_it if self.learner.reference_readable else closed
        yield ""
        same = _("the same") if self.author == self.learner else self.author
        yield _("A course's own code: {sandbox}").format(sandbox=same)
        yield ""
        yield _("Not covered at this level:")
        yield from (f"  - {_(one)}" for one in not_covered(self.learner))
        yield _("Never run by a test of drillbox's own:")
        yield from (f"  - {_(one)}" for one in NEVER_RUN)
        yield ""
        width = max(map(len, self.versions))
        yield from (f"{name:{width}}  {found}" for name, found in self.versions.items())


def _about(sandbox: Sandbox) -> dict[str, Any]:
    fields = {**asdict(sandbox), "number": sandbox.number}
    opened, hidden = fields.pop("open"), fields.pop("hidden")
    probes = {name: "open" if name in opened else "blocked" for name in CANARIES}
    return {**fields, "probes": probes, "gpu_hidden": hidden}


def _tried(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    for name, what in PROBES.items():
        yield _(what), _("NOT BLOCKED") if name in sandbox.open else _("blocked")


def not_covered(sandbox: Sandbox) -> Iterator[str]:
    """What this level leaves open, the most harmful first."""
    if sandbox.level == "limits only":
        yield N_(
            "files, network, programs and processes: whatever you may do, code may do"
        )
    elif sandbox.level == "guarded" and "read" in sandbox.open:
        yield N_("every file that you can read can be read")
    elif sandbox.level == "confined":
        yield _STAT
    if sys.platform == "darwin":
        yield _MEMORY
    yield from _ALWAYS


def versions() -> dict[str, str]:
    """What all of this depends on."""
    abi = landlock.abi() if sys.platform == "linux" else 0
    return {
        "drillbox": _installed("drillbox"),
        "python": f"{platform.python_version()} {os.path.realpath(sys.executable)}",
        "torch": _installed("torch"),
        "numpy": _installed("numpy"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "bubblewrap": _bwrap(),
        "landlock": f"ABI {abi}" if abi else _("none"),
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _("not installed")


def _bwrap() -> str:
    program = shutil.which("bwrap")
    if program is None:
        return _("not installed")
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _("{path} cannot be run: {why}").format(path=program, why=error)
    return f"{said.stdout.strip().removeprefix('bubblewrap ')} {program}"
