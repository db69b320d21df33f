"""The profile for macOS's sandbox-exec. No test here has run it: there is no Mac.

Read what is listed, write nothing, no network, no other programs or processes. In this
language the last rule that fits decides. See sandbox-exec(1) and sandbox(7).
"""

import os
import shutil
import sys
from collections.abc import Iterable

from drillbox.workers import spawn

_ALWAYS = ("/System/Library", "/usr/lib", "/usr/share", "/Library/Apple", "/dev")
_PROGRAM_FILES = (spawn.INSIDE, spawn.FRAME)

_RULES = """(version 1)
(deny default)
(import "system.sb")
(allow sysctl-read)
(allow file-read-metadata)
(allow file-read* (literal "/") {read})
(allow file-map-executable {read})
(deny file-write*)
(allow file-write-data (literal "/dev/null"))
(deny network*)
(deny process-fork)
(deny process-exec*)
(allow process-exec* {run})
(deny signal)
(allow signal (target self))
"""


def prefix(read: Iterable[str]) -> tuple[str, ...] | None:
    """The beginning of the command, or None where there is no sandbox-exec."""
    program = shutil.which("sandbox-exec")
    return None if program is None else (program, "-p", profile(read))


def profile(read: Iterable[str]) -> str:
    """The rules. read: files and directories, at their real paths.

    The interpreter may be started again by the code, since sandbox-exec itself starts
    it under these rules; that one is bound by them too.
    """
    paths = dict.fromkeys((*_ALWAYS, *read, spawn.interpreter(), *_PROGRAM_FILES))
    beneath = " ".join(f"(subpath {quoted(path)})" for path in paths)
    run = (spawn.interpreter(), os.path.realpath(sys.base_prefix))
    started = " ".join(f"(subpath {quoted(path)})" for path in run)
    return _RULES.format(read=beneath, run=started)


def quoted(path: str) -> str:
    """A path as a string of the profile's language."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
