"""Starting the worker inside bubblewrap: own processes, own network, own files."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable

from drillbox.workers import spawn

# Where the server may write while it imports. Not /tmp: that may hold an installation,
# and then the directories above its binds could be written to.
TEMPORARY = "/run/grader"
_MANY = 20
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
    words += ["--proc", "/proc", "--dev", "/dev"]
    words += ["--tmpfs", TEMPORARY, "--setenv", "TMPDIR", TEMPORARY]
    words += _links()
    files = (*read, spawn.interpreter(), *_PROGRAM_FILES, *layers)
    seen = [path for path in dict.fromkeys(files) if not path.startswith("/dev/")]
    # The directories above the binds stand in a file system of bwrap's own: what could
    # be made there would be imported by a later case.
    fixed = ("--remount-ro", "/", "--remount-ro", "/dev")
    return (*words, *_binds(seen), *fixed, "--")


def _binds(seen: list[str]) -> list[str]:
    """Read-only binds. A directory of many is bound whole, the rest of it hidden: each
    bind costs as much as there were before it."""
    words: list[str] = []
    parents = Counter(os.path.dirname(path) for path in seen)
    # In this order a directory comes before those in it, which it would hide.
    whole = sorted(place for place, count in parents.items() if count >= _MANY)
    for place in whole:
        words += ["--ro-bind", place, place]
        for name in sorted(os.listdir(place)):
            path = os.path.join(place, name)
            if path not in seen and os.path.isdir(path) and not os.path.islink(path):
                words += ["--tmpfs", path]
    for path in seen:
        if os.path.dirname(path) not in whole:
            words += ["--ro-bind", path, path]
    return words


def _links() -> list[str]:
    """/lib and its like, where they are links into /usr."""
    words: list[str] = []
    for path in ("/lib", "/lib64"):
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
    return words
