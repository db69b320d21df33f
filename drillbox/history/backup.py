"""A checked copy of the database for each study day: backups/2026-11-23.db.

The first write of a study day makes it. Kept are the newest seven, then the newest of
each of the twelve weeks before; older ones go.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator

from drillbox.domain.studyday import from_iso, iso
from drillbox.history import store

DAYS = 7
WEEKS = 12
_SUFFIX = ".db"
_STALE_S = 3600


def path_of(directory: str, day: int) -> str:
    """Where the backup of a study day lies."""
    return os.path.join(directory, iso(day) + _SUFFIX)


def make(db: sqlite3.Connection, directory: str, day: int) -> None:
    """Copy the database, check the copy, put it in its place, thin out the others.

    Raises OSError, or sqlite3.Error where the copy could not be made or is not sound.
    """
    os.makedirs(directory, exist_ok=True)
    part = os.path.join(directory, f"{iso(day)}.part-{os.getpid()}")
    _remove(part)
    try:
        db.execute("vacuum into ?", (part,))
        check(part)
        _flush(part)
        os.replace(part, path_of(directory, day))
    finally:
        _remove(part)
    store.fsync_directory(directory)
    thin(directory, day)


def check(path: str) -> None:
    """Raises sqlite3.DatabaseError if the file is not a sound database."""
    with contextlib.closing(_look(path)) as db:
        (found,) = db.execute("pragma quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"{path}: {found}")
        db.execute("select 1 from event limit 1").fetchone()


def _look(path: str) -> sqlite3.Connection:
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True)


def newest_good(directory: str) -> tuple[int, str] | None:
    """Study day and path of the newest backup that is sound, not newer than we are."""
    for day in sorted(days(directory), reverse=True):
        path = path_of(directory, day)
        with contextlib.suppress(sqlite3.Error, OSError):
            check(path)
            if 0 < store.version_of(path) <= store.VERSION:
                return day, path
    return None


def days(directory: str) -> Iterator[int]:
    """The study days that have a backup."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for name in os.listdir(directory):
            with contextlib.suppress(ValueError):
                if name.endswith(_SUFFIX):
                    yield from_iso(name.removesuffix(_SUFFIX))


def thin(directory: str, today: int) -> None:
    """Remove the backups that are not kept, and halves that a kill left behind."""
    # A clock that once ran ahead left later days: they neither count nor go.
    past = [day for day in days(directory) if day <= today]
    for day in set(past) - kept(past):
        _remove(path_of(directory, day))
    for name in os.listdir(directory):
        half = os.path.join(directory, name)
        with contextlib.suppress(FileNotFoundError):
            if ".part-" in name and time.time() - os.path.getmtime(half) > _STALE_S:
                os.unlink(half)


def kept(made: list[int]) -> set[int]:
    """Of these study days, those whose backups are kept."""
    newest = sorted(made, reverse=True)
    weeks: dict[int, int] = {}
    for day in newest[DAYS:]:
        weeks.setdefault((day - 1) // 7, day)  # ordinal 1 was a Monday
    return {*newest[:DAYS], *list(weeks.values())[:WEEKS]}


def _flush(path: str) -> None:
    fd = os.open(path, os.O_RDWR)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
