"""The journal: every event once more, in a file of JSON lines that is only appended to.

It follows the database: an event is committed first, then written here, both before
the learner sees a verdict. If that fails (a full disk, a kill between the two) the
event counts all the same, and the next write brings the journal up to date. The
database's own write lock keeps two processes from writing here at once.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator

from drillbox.domain.event import Event
from drillbox.history import exchange, store

_TAIL = 1 << 16
_BATCH = 2000


class Journal:
    """The journal at `path`. Remembers how far it was written, to save reading it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None  # inode, size, last seq

    def catch_up(self, db: sqlite3.Connection) -> None:
        """Write what the database has and the journal lacks; durable on return.

        Raises OSError or sqlite3.Error; what is missing is written next time.
        """
        db.execute("begin immediate")
        try:
            self._write(db)
        finally:
            if db.in_transaction:
                db.execute("rollback")

    def _write(self, db: sqlite3.Connection) -> None:
        new = not os.path.exists(self.path)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        fd = os.open(self.path, flags, 0o600)
        try:
            last = self._append(fd, db)
            status = os.fstat(fd)
            self._seen = (status.st_ino, status.st_size, last)
        finally:
            os.close(fd)
        if new:
            store.fsync_directory(os.path.dirname(self.path))

    def _append(self, fd: int, db: sqlite3.Connection) -> int:
        last = self._position(fd, db)
        written = set() if last is not None else {e.id for e in read(self.path)}
        seq = last or 0
        for upto, lines in _missing(db, seq, written):
            _write_all(fd, _after_torn_line(fd) + lines)
            seq = upto
        if seq != last:
            os.fsync(fd)
        return seq

    def _position(self, fd: int, db: sqlite3.Connection) -> int | None:
        """The seq of the last event written; None if only the whole file can tell."""
        status = os.fstat(fd)
        if self._seen and self._seen[:2] == (status.st_ino, status.st_size):
            return self._seen[2]
        if status.st_size == 0:
            return 0
        ident = _last_id(fd, status.st_size)
        row = db.execute("select seq from event where id = ?", (ident,)).fetchone()
        return row[0] if row else None

    def last_id(self) -> str | None:
        """The id of the last event in the journal; None if there is none."""
        try:
            fd = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return None
        try:
            return _last_id(fd, os.fstat(fd).st_size)
        finally:
            os.close(fd)


def read(path: str) -> Iterator[Event]:
    """Every event of the journal. Torn lines are passed over: they are in the log."""
    try:
        with open(path, "rb") as file:
            for raw in file:
                with contextlib.suppress(ValueError):
                    yield exchange.parse(raw.decode())
    except FileNotFoundError:
        return


def _missing(
    db: sqlite3.Connection, last: int, written: set[str]
) -> Iterator[tuple[int, bytes]]:
    while True:
        sql = f"select seq, {store.EVENT} from event where seq > ? order by seq limit ?"
        rows = db.execute(sql, (last, _BATCH)).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        events = (store.event_of(row[1:]) for row in rows)
        lines = [exchange.line(e).encode() for e in events if e.id not in written]
        yield last, b"".join(line + b"\n" for line in lines)


def _write_all(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]


def _after_torn_line(fd: int) -> bytes:
    """A line break, if a kill or a full disk left half a line behind."""
    if os.lseek(fd, 0, os.SEEK_END) == 0:
        return b""
    os.lseek(fd, -1, os.SEEK_END)
    return b"" if os.read(fd, 1) == b"\n" else b"\n"


def _last_id(fd: int, size: int) -> str | None:
    """The id on the last line that is whole, looking at the last lines only."""
    start = max(0, size - _TAIL)
    os.lseek(fd, start, os.SEEK_SET)
    lines = os.read(fd, _TAIL).split(b"\n")
    for raw in reversed(lines):
        with contextlib.suppress(ValueError):
            return exchange.parse(raw.decode()).id
    return None
