"""The learner's own file of an exercise: made from the starter, then watched. Only the
learner's own words are ever written into it.

Watched by asking the file system twenty times a second: that is as quick as any
watcher to the eye, and works under WSL, Docker and network drives, and with editors
that write a new file and rename it.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass

from drillbox import places
from drillbox.domain.studyday import Moment, study_day
from drillbox.errors import GraderError
from drillbox.grader import submission
from drillbox.words import _

POLL_S = 0.05
SETTLE_S = 0.01  # a file that has just changed is looked at again after this

Mark = tuple[int, int, int]  # mtime in ns, size in bytes, inode
# Without waiting: a pipe in the file's place must not hang us.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


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
        said = _("cannot make {path}: {why}")
        raise GraderError(said.format(path=path, why=error.strerror)) from None
    return path


def text_of(path: str) -> str:
    """Its text as it is on disk; GraderError says why there is none."""
    return submission.read(path)


def write(path: str, text: str) -> None:
    """Replace it at once, so that nobody reads half of it. GraderError."""
    half = f"{path}.{os.getpid()}.tmp"
    try:
        with open(half, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, os.path.realpath(path))
    except OSError as error:
        with suppress(OSError):
            os.unlink(half)
        said = _("cannot write {path}: {why}")
        raise GraderError(said.format(path=path, why=error.strerror)) from None


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
        said = _("cannot rename {path}: {why}")
        raise GraderError(said.format(path=path, why=error.strerror)) from None
    return aside


def saved_on(path: str) -> int | None:
    """The study day on which a file was last written; None without one."""
    try:
        when = os.stat(path).st_mtime
    except OSError:
        return None
    offset = time.localtime(when).tm_gmtoff // 60
    return study_day(Moment(int(when * 1000), offset))


def blank(exercise: str, starter: str) -> str | None:
    """Begin anew from the starter; where the old file is now, None without one."""
    aside = set_aside(exercise)
    make(exercise, starter)
    return aside


def bring_back(exercise: str, former: str, starter: str) -> str | None:
    """Undo `blank`: the file at `former` is the learner's again. What was written since
    is set aside: its path, None where the file was still the starter. GraderError."""
    if not os.path.lexists(former):
        raise GraderError(_("there is no file {file}").format(file=former))
    since = set_aside(exercise)  # first, and looked at there: nothing is written over
    try:
        os.rename(former, path_of(exercise))
        if since is None or not _holds(since, starter):
            return since
        os.unlink(since)
    except OSError as error:
        said = _("cannot rename {path}: {why}")
        raise GraderError(said.format(path=former, why=error.strerror)) from None
    return None


def _holds(path: str, text: str) -> bool:
    try:
        return text_of(path) == text
    except GraderError:  # no text at all
        return False


@dataclass
class Watched:
    """A file and what it looked like. seen: at the last look. taken: when last read.
    moving: it changed between the last two looks."""

    path: str
    seen: Mark | None = None
    taken: Mark | None = None
    moving: bool = False

    def __post_init__(self) -> None:
        self.seen = self.taken = self.look()

    def look(self) -> Mark | None:
        """What tells one saved file from another; None if there is none.

        Opened, not only asked about: NFS answers a plain stat from its cache for
        seconds, and asks the server anew when a file is opened.
        """
        try:
            descriptor = os.open(self.path, _FLAGS)
        except OSError:
            return None
        try:
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        return status.st_mtime_ns, status.st_size, status.st_ino

    def saved(self) -> bool:
        """Was it saved since it was read, and is that save over?

        A file that changed since the last look may still be being written, and so may
        an empty one.
        """
        now = self.look()
        self.moving, self.seen = now != self.seen, now
        return not self.moving and now is not None and now[1] > 0 and now != self.taken

    def wait(self) -> None:
        """Return once it was saved; as long as that takes."""
        while not self.saved():
            time.sleep(SETTLE_S if self.moving else POLL_S)

    def read(self) -> str:
        """Its text; GraderError says why there is none."""
        self.taken = self.seen = self.look()
        return submission.read(self.path)
