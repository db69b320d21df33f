"""Six things that a learner's code must not be able to do, tried from where it runs.

Text for the learner's worker. `run` answers which succeeded, and which of the files
in `options["secrets"]` could be read.
"""

import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any


def run(function: Any, arguments: Any, options: dict[str, Any]) -> list[Any]:
    """The names of the attempts that nothing stopped."""
    tries = {
        "write": lambda: write(options["write"]),
        "connect": connect,
        "exec": execute,
        "fork": fork,
        "signal": lambda: os.kill(os.getppid(), 0),
    }
    succeeded = [name for name, attempt in tries.items() if works(attempt)]
    readable = [path for path in options["secrets"] if works(partial(read, path))]
    at_home = works(lambda: read_home(options["home"]))
    succeeded += ["read"] if readable or at_home else []
    return [("canaries", {"open": succeeded, "readable": readable})]


def works(attempt: Callable[[], Any]) -> bool:
    """Whether it got through; an import that is refused counts as stopped."""
    try:
        return attempt() is not False
    except (OSError, ImportError):
        return False


def write(path: str) -> None:
    """Make a file, and take it away again."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    os.unlink(path)


def read(path: str) -> None:
    """Open a file for reading."""
    with open(path, "rb") as file:
        file.read(1)


def read_home(path: str) -> None:
    """A file of the person's own; where there is none, the names in the directory."""
    if os.path.isdir(path):
        os.listdir(path)
    else:
        read(path)


def connect() -> bool:
    """Reach out: being refused by the other side is being let out by this one."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", 9)) in (0, 111, 61)


def execute() -> bool:
    """Where starting programs is allowed, one that is missing is what goes wrong. Under
    macOS it is missing before it is forbidden, so there a real one is started."""
    if sys.platform == "darwin":
        os.waitpid(os.posix_spawn("/usr/bin/true", ["true"], {}), 0)
        return True
    try:
        os.execv("/nonexistent-program", ["nothing"])
    except FileNotFoundError:
        return True


def fork() -> bool:
    """Become two."""
    if not hasattr(os, "fork"):
        return False
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True
