"""Opening the database; and where it is missing or damaged, building it again.

A damaged file is renamed, never deleted. The new one is the newest sound backup and
the journal together, built beside it and put in its place in one step. One process at
a time does this, under a lock that goes with the process.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

from drillbox.domain.studyday import Moment, iso
from drillbox.errors import HistoryError
from drillbox.history import backup, checking, journal, refold, store, trouble
from drillbox.history.store import Files
from drillbox.words import _, ngettext

_PARTS = ("", "-wal", "-shm")
_WAIT_S = 30


def open_database(
    files: Files, now: Moment, busy_ms: int
) -> tuple[sqlite3.Connection, list[str]]:
    """A connection to a database of this version, and what to tell the learner.

    What is damaged in a way that opening meets is rebuilt; the whole file is looked
    over by who writes to it (keeper.py). Raises HistoryError where none can be had.
    """
    try:
        os.makedirs(files.base, exist_ok=True)
        said = _prepare(files, now)
        return _connect(files, busy_ms, whole=False), said
    except (OSError, sqlite3.Error) as error:
        if not trouble.damaged(error):
            raise trouble.said(error, files.database) from error
        damage = error
    return rebuilt(files, now, busy_ms, damage)


def rebuilt(
    files: Files, now: Moment, busy_ms: int, damage: Exception
) -> tuple[sqlite3.Connection, list[str]]:
    """Set the damaged database aside and build it again. Raises HistoryError."""
    try:
        with _alone(files):
            said = [] if _sound(files) else [_build(files, now)]
        return _connect(files, busy_ms, whole=True), said
    except (OSError, sqlite3.Error) as error:
        raise trouble.said(error, files.database) from damage


def _connect(files: Files, busy_ms: int, whole: bool) -> sqlite3.Connection:
    db = store.connect(files.database, busy_ms)
    try:
        (version,) = db.execute("pragma user_version").fetchone()
        store.refuse_newer(files.database, version)
        if version == 0:
            said = _(
                "{path} is no record of answers; move it elsewhere, or set "
                "DRILLBOX_HOME to another directory"
            )
            raise HistoryError(said.format(path=files.database))
        if whole or version < store.VERSION:  # an upgrade writes
            checking.quick(db)
        store.migrate(db)
        db.execute("select value from meta where key = 'device'").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _sound(files: Files) -> bool:
    """Has another process mended it meanwhile?"""
    try:
        with contextlib.closing(store.connect(files.database)) as db:
            checking.quick(db)
    except (OSError, sqlite3.Error):
        return False
    return True


def _prepare(files: Files, now: Moment) -> list[str]:
    """Create the database if there is none; from what is left of it, if there was."""
    if not _missing(files):
        store.refuse_newer(files.database, store.version_of(files.database))
        return []
    with _alone(files):
        if not _missing(files):
            return []
        lost = any(True for _ in journal.read(files.journal))
        lost = lost or backup.newest_good(files.backups) is not None
        said = _build(files, now)
        return [said] if lost else []


def _missing(files: Files) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.getsize(files.database) == 0
    return True


# -- building


def _build(files: Files, now: Moment) -> str:
    part = files.database + ".part"
    for end in _PARTS:
        _remove(part + end)
    source = backup.newest_good(files.backups)
    if source:
        _copy(source[1], part)
    answers = _fill(part, files.journal)
    aside = _set_aside(files, now)
    os.replace(part, files.database)
    store.fsync_directory(files.base)
    return _sentence(files, aside, source, answers)


def _fill(part: str, entries: str) -> int:
    with contextlib.closing(store.connect(part)) as db:
        store.migrate(db)
        with store.transaction(db):
            store.insert(db, journal.read(entries))
            refold.rebuild(db)
        sql = "select count(*) from event where kind = 'answer'"
        return int(db.execute(sql).fetchone()[0])


def _copy(source: str, target: str) -> None:
    with open(source, "rb") as old, open(target, "wb") as new:
        while block := old.read(1 << 20):
            new.write(block)


def _set_aside(files: Files, now: Moment) -> str | None:
    """Rename what is left of the database; the new name, None if nothing was there."""
    stamp = datetime.fromtimestamp(now.utc_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    target = f"{files.database}.damaged-{stamp}"
    count = 1
    while any(os.path.exists(target + end) for end in _PARTS):
        count += 1
        target = f"{files.database}.damaged-{stamp}-{count}"
    renamed = False
    for end in _PARTS:
        with contextlib.suppress(FileNotFoundError):
            os.rename(files.database + end, target + end)
            renamed = True
    return target if renamed else None


def _sentence(
    files: Files, aside: str | None, source: tuple[int, str] | None, answers: int
) -> str:
    name, kept = os.path.basename(files.database), os.path.basename(aside or "")
    what = _("{name} was missing").format(name=name)
    if aside and os.path.getsize(aside):
        damaged = _("{name} was damaged and is kept as {kept}")
        what = damaged.format(name=name, kept=kept)
    back = ngettext("{n} answer came back", "{n} answers came back", answers)
    said = _("{what}; it was rebuilt from the journal: {back}")
    if source:
        said = _(
            "{what}; it was rebuilt from the backup of {day} and the journal: {back}"
        )
    day = iso(source[0]) if source else ""
    return said.format(what=what, day=day, back=back.format(n=answers))


@contextlib.contextmanager
def _alone(files: Files) -> Iterator[None]:
    """One process at a time, by SQLite's own locks: they end with the process."""
    path = os.path.join(files.base, "history.lock")
    lock = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    with contextlib.closing(lock):
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if trouble.code(error) != sqlite3.SQLITE_BUSY:
                raise
            said = _(
                "another drillbox has been rebuilding {path} for {n} seconds; wait for "
                "it or end it, then try again"
            )
            raise HistoryError(said.format(path=files.database, n=_WAIT_S)) from error
        yield


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
