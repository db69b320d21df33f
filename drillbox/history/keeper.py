"""Keeps a learner's files sound: the open database, the journal, the backups.

What loses nothing (no room for the journal, a failed backup) becomes a notice; what
does is one HistoryError. A damaged database is rebuilt under way, and the call that
found it is done again.

Nothing is written into a database that was not found sound: on the first opening of a
study day, until its backup is made, the whole file is looked over beside what is read
(checking.py), and the first `change` waits for that.
"""

import os
import sqlite3
import threading
from collections.abc import Callable
from typing import TypeVar

from drillbox.domain.studyday import Moment, study_day
from drillbox.errors import HistoryError
from drillbox.history import backup, journal, refold, rescue, store, trouble
from drillbox.history.checking import Check, quick
from drillbox.history.journal import Journal
from drillbox.history.store import Files
from drillbox.words import _, ngettext

T = TypeVar("T")


class Keeper:
    """The files under one directory, open. `run` and, for what may write, `change` are
    the only ways to the database.

    age: grows when the database was exchanged for another file, so that what was
    remembered by its row numbers is void.
    """

    def __init__(self, base: str, clock: Callable[[], Moment], busy_ms: int) -> None:
        self.files = Files.under(base)
        self.notices: list[str] = []
        self.device = ""
        self.age = 0
        self._clock = clock
        self._busy_ms = busy_ms
        self._lock = threading.RLock()
        self._check: Check | None = None
        self._open()
        try:
            self.run(self._absorb)
            self.second_copy()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._stop_checking()
            self._db.close()

    def _open(self) -> None:
        self._take(rescue.open_database(self.files, self._clock(), self._busy_ms))
        if not os.path.exists(backup.path_of(self.files.backups, self._today())):
            self._check = Check(self.files.database)

    def _today(self) -> int:
        return study_day(self._clock())

    def _stop_checking(self) -> None:
        if self._check is not None:
            self._check.stop()
            self._check = None

    def _take(self, found: tuple[sqlite3.Connection, list[str]]) -> None:
        self._db, said = found
        self._file = _identity(self.files.database)
        self._journal = Journal(self.files.journal)
        self._backed_up: int | None = None
        self.age += 1
        self.notices.extend(said)
        sql = "select value from meta where key = 'device'"
        (self.device,) = self._db.execute(sql).fetchone()

    # -- the database

    def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work`, which only reads, returns. Raises HistoryError."""
        with self._lock:
            try:
                self._follow()
                self._heed_check()
                return work(self._db)
            except sqlite3.Error as error:
                if not trouble.damaged(error):
                    raise trouble.said(error, self.files.database) from error
                damage = error
            return self._again(work, damage)

    def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """As `run`, for what may write. HistoryError: then nothing was written."""

        def checked(db: sqlite3.Connection) -> T:
            self._found_sound(db)
            return work(db)

        return self.run(checked)

    def _heed_check(self) -> None:
        """Put the look over the file off a little; raise what it has found by now."""
        if self._check is not None:
            self._check.put_off()
            if self._check.damage is not None:
                raise self._check.damage

    def _found_sound(self, db: sqlite3.Connection) -> None:
        """Wait until the whole file was looked over; raises what is wrong with it."""
        if self._check is None:
            return
        if not self._check.wait():
            quick(db)
        if self._check.damage is not None:
            raise self._check.damage
        self._check = None

    def _follow(self) -> None:
        """Another process may have set the file aside and put a sound one there."""
        if _identity(self.files.database) != self._file:
            self._stop_checking()
            self._db.close()
            self._open()
            self._absorb(self._db)

    def _again(self, work: Callable[[sqlite3.Connection], T], damage: Exception) -> T:
        self._stop_checking()
        self._db.close()
        self._take(rescue.rebuilt(self.files, self._clock(), self._busy_ms, damage))
        try:
            return work(self._db)
        except sqlite3.Error as error:
            raise trouble.said(error, self.files.database) from error

    # -- the journal

    def _absorb(self, db: sqlite3.Connection) -> None:
        """Take in what only the journal has, after an older database was put back."""
        try:
            last = self._journal.last_id()
        except OSError:  # writing to it, which comes next, says so
            return
        if last is None or store.exists(db, last):
            return
        self._found_sound(db)
        with store.transaction(db):
            new = store.insert(db, journal.read(self.files.journal))
            refold.rebuild(db)
        if new:
            said = ngettext(
                "{n} entry that only the journal had came back",
                "{n} entries that only the journal had came back",
                new,
            )
            self._notice(said.format(n=new))

    def second_copy(self) -> None:
        """Bring the journal up to date; a notice if the disk does not let us."""
        with self._lock:
            try:
                self._journal.catch_up(self._db)
            except (OSError, sqlite3.Error) as error:
                said = _(
                    "the journal could not be written ({why}); your answers are safe "
                    "in {path}, and the journal catches up with the next one that it "
                    "can be written for"
                )
                self._notice(said.format(why=_why(error), path=self.files.database))

    # -- backups

    def back_up(self) -> None:
        """A backup, unless this study day has one; a notice if it cannot be made."""
        day = self._today()
        if self._backed_up == day:
            return
        self._backed_up = day
        if not os.path.exists(backup.path_of(self.files.backups, day)):
            self.change(lambda db: self._make_backup(db, day))

    def _make_backup(self, db: sqlite3.Connection, day: int) -> None:
        try:
            backup.make(db, self.files.backups, day)
        except (OSError, sqlite3.Error) as error:
            if trouble.damaged(error):
                raise
            said = _(
                "today's backup could not be made ({why}); your answers are safe in "
                "{path} and the journal"
            )
            self._notice(said.format(why=_why(error), path=self.files.database))

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            return None
        said = _("{path} cannot be reached: {why}")
        raise HistoryError(said.format(path=path, why=error.strerror)) from error
    return status.st_dev, status.st_ino
