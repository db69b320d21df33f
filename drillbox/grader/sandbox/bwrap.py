"""Starting the worker inside bubblewrap: own processes, own network, own files."""

import os
import shutil
from collections.abc import Iterable

from drillbox.workers import spawn

_PROGRAM_FILES = (spawn.INSIDE, spawn.FRAME, spawn.FORKING)


def prefix(read: Iterable[str], layers: Iterable[str]) -> tuple[str, ...] | None:
    """The beginning of the command, or None where bwrap is not installed.

    read: what is visible inside, at its real path. layers: the files that inside.py
    loads. Not --die-with-parent: that follows the thread that started it, and a screen
    starts graders from threads that end.
    """
    program = shutil.which("bwrap")
    if program is None:
        return None
    words = [program, "--unshare-all", "--unshare-user", "--disable-userns"]
    words += ["--hostname", "grader", "--chdir", "/"]
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    words += _links()
    files = (*read, spawn.interpreter(), *_PROGRAM_FILES, *layers)
    for path in dict.fromkeys(files):
        if not path.startswith("/dev/"):
            words += ["--ro-bind", path, path]
    return (*words, "--")


def _links() -> list[str]:
    """/lib and its like, where they are links into /usr."""
    words: list[str] = []
    for path in ("/lib", "/lib64"):
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
    return words
