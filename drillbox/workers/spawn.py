"""Starting a process by exec, never by forking the caller, and ending all of it."""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

_HERE = os.path.dirname(os.path.abspath(__file__))
INSIDE = os.path.join(_HERE, "inside.py")
FRAME = os.path.join(_HERE, "frame.py")
FORKING = os.path.join(_HERE, "forking.py")

# One thread before the import: OpenBLAS starts its second one while it is imported.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one job ended. Nothing in it is trusted.

    result: what came on the job's own pipe, meant to be a frame. output: the beginning
    of what was printed. end: answered; late: killed at the deadline; lost: the worker
    itself is gone. status: exit code, or minus the signal. seconds: wall clock.
    flooded: printed more than the cap.
    """

    result: bytes
    output: bytes
    end: Literal["answered", "late", "lost"]
    status: int = 0
    seconds: float = 0.0
    flooded: bool = False


@dataclass(frozen=True)
class Program:
    """The learner's worker as it is to be started.

    torch: import it, or leave it unimportable. refuse: module → why it cannot be
    imported. confine: what inside.py needs for its layers. limits: RLIMIT name → value.
    prefix: a command that starts it inside something (bwrap …). watched: bytes of
    memory in use at which a watchdog ends it.
    """

    torch: bool
    refuse: Mapping[str, str]
    confine: Mapping[str, Any]
    limits: Mapping[str, int]
    prefix: tuple[str, ...] = ()
    cuda: bool = False
    paths: tuple[str, ...] = field(default_factory=lambda: package_directories())
    watched: int | None = None

    def command(self, descriptor: int | None) -> list[str]:
        """The command line; descriptor: the control socket of a fork server."""
        config = {
            "torch": self.torch,
            "paths": self.paths,
            "frame": FRAME,
            "forking": FORKING if descriptor is not None else None,
            "descriptor": descriptor,
            "refuse": dict(self.refuse),
            "confine": dict(self.confine),
            "limits": dict(self.limits),
        }
        flags = ["-I", "-S", "-B", "-u", "-X", "utf8"]
        return [*self.prefix, interpreter(), *flags, INSIDE, json.dumps(config)]

    def environment(self) -> dict[str, str]:
        """Next to nothing: one thread, no home, no GPU unless it is asked for."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        shown = {} if self.cuda else {"CUDA_VISIBLE_DEVICES": ""}
        cuda = os.environ.get("CUDA_VISIBLE_DEVICES")
        if self.cuda and cuda is not None:
            shown = {"CUDA_VISIBLE_DEVICES": cuda}
        return {
            "PATH": os.defpath,
            "HOME": "/nonexistent",
            **ONE_THREAD,
            **kept,
            **shown,
        }


def interpreter() -> str:
    """Python itself, not a virtual environment's name for it: `-S` needs no more."""
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return os.path.realpath(base)


def package_directories() -> tuple[str, ...]:
    """Where numpy and torch are installed, found without importing them."""
    found: list[str] = []
    for name in ("numpy", "torch"):
        spec = importlib.util.find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            found.append(os.path.dirname(os.path.abspath(place)))
    return tuple(dict.fromkeys(found))


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started in a session of its own, and all of its group."""
    if process.returncode is not None:
        return  # it was waited for: its number may be another process's by now
    kill_group(process)
    process.wait()


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End all of its group; it has not been waited for, or only just."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
