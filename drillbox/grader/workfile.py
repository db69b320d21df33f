"""The learner's own file of an exercise: made from the starter, watched, never written.

Watched by asking the file system five times a second: that is as quick as any watcher
to the eye, and works under WSL, Docker and network drives, and with editors that write
a new file and rename it.
"""

import os
from dataclasses import dataclass

from drillbox import places
from drillbox.errors import GraderError
from drillbox.grader import submission

POLL_S = 0.2

Mark = tuple[int, int, int]  # mtime in ns, size in bytes, inode


def path_of(exercise: str) -> str:
    """Where `exercise start` puts the file."""
    return os.path.join(places.work(), f"{exercise}.py")


def make(exercise: str, starter: str) -> str:
    """The path of the file, made from the starter if it is missing. GraderError."""
    path = path_of(exercise)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(starter)
    except FileExistsError:
        pass  # the learner's work is never overwritten
    except OSError as error:
        raise GraderError(f"cannot make {path}: {error.strerror}") from None
    return path


def set_aside(exercise: str) -> str | None:
    """Rename the file to the next free `NAME.1.py`; its new path, None without one."""
    path = path_of(exercise)
    if not os.path.lexists(path):
        return None
    number = 1
    while os.path.lexists(aside := f"{path.removesuffix('.py')}.{number}.py"):
        number += 1
    try:
        os.rename(path, aside)
    except OSError as error:
        raise GraderError(f"cannot rename {path}: {error.strerror}") from None
    return aside


def short(path: str) -> str:
    """A path as a shell takes it, from `~` where it lies in the home directory."""
    home = os.path.expanduser("~") + os.sep
    return f"~/{path.removeprefix(home)}" if path.startswith(home) else path


@dataclass
class Watched:
    """A file and what it looked like. seen: at the last look. taken: when last read."""

    path: str
    seen: Mark | None = None
    taken: Mark | None = None

    def __post_init__(self) -> None:
        self.seen = self.taken = self.look()

    def look(self) -> Mark | None:
        """What tells one saved file from another; None if there is none."""
        try:
            status = os.stat(self.path)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def saved(self) -> bool:
        """Was it saved since it was read, and is that save over?

        A file that changed since the last look may still be being written.
        """
        now = self.look()
        still, self.seen = now == self.seen, now
        return still and now is not None and now != self.taken

    def read(self) -> str:
        """Its text; GraderError says why there is none."""
        self.taken = self.seen = self.look()
        return submission.read(self.path)
