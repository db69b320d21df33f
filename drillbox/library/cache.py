"""What was parsed before, in a database of its own; may be deleted at any time.

An entry holds the values of one content file as JSON, and what the file looked like.
It is used only while the file still looks so, and what comes out of it is validated
again: the cache saves parsing, it is never the truth. Not pickle, which runs what it
reads. A cache that cannot be read or written is none.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import NamedTuple

from drillbox import __version__

FORM = __version__
_PATIENCE = 0.2  # seconds to wait for another drillbox that writes
# The number in its name changes when the columns or what they mean change.
_TABLE = """CREATE TABLE IF NOT EXISTS file_1 (
    directory TEXT, name TEXT, look TEXT, form TEXT, lines TEXT, body BLOB, crc INTEGER,
    PRIMARY KEY (directory, name)) WITHOUT ROWID"""


class Entry(NamedTuple):
    """One file. look: see `look_of`; lines: of its cards, with commas between."""

    look: str
    lines: str
    body: bytes


def look_of(status: os.stat_result) -> str:
    """What tells a changed file from an unchanged one, without reading it."""
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"


def recall(database: str, directory: str) -> dict[str, Entry]:
    """The entries of a course, by the name of the file; none if there is no cache."""
    query = (
        "SELECT name, look, lines, body, crc FROM file_1 WHERE directory=? AND form=?"
    )
    if not os.path.exists(database):
        return {}
    with suppress(sqlite3.Error), _open(database) as connection:
        rows = connection.execute(query, (os.path.abspath(directory), FORM))
        return {
            name: Entry(look, str(lines), body)
            for name, look, lines, body, crc in rows
            if isinstance(body, bytes) and _sum(lines, body) == crc
        }
    return {}


def keep(
    database: str, directory: str, entries: Mapping[str, Entry], live: set[str]
) -> None:
    """Store entries of a course and drop those of files that are no longer `live`."""
    try:
        _store(database, directory, entries, live)
    except sqlite3.OperationalError:
        pass  # locked, read-only or full: the next start parses again
    except sqlite3.DatabaseError:  # corrupt: it holds nothing that is not elsewhere
        _remove(database)
        with suppress(sqlite3.Error, OSError):
            _store(database, directory, entries, live)
    except OSError:
        pass  # no directory to write in


def _store(
    database: str, directory: str, entries: Mapping[str, Entry], live: set[str]
) -> None:
    os.makedirs(os.path.dirname(os.path.abspath(database)), exist_ok=True)
    place = os.path.abspath(directory)
    with _open(database) as connection, connection:
        connection.execute(_TABLE)
        connection.execute("DELETE FROM file_1 WHERE form != ?", (FORM,))
        known = connection.execute(
            "SELECT name FROM file_1 WHERE directory=?", (place,)
        )
        gone = [(place, name) for (name,) in known if name not in live]
        connection.executemany("DELETE FROM file_1 WHERE directory=? AND name=?", gone)
        connection.executemany(
            "INSERT OR REPLACE INTO file_1 VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (place, name, e.look, FORM, e.lines, e.body, _sum(e.lines, e.body))
                for name, e in entries.items()
            ],
        )


def _sum(lines: object, body: bytes) -> int:
    return zlib.crc32(str(lines).encode(), zlib.crc32(body))


@contextmanager
def _open(database: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # a torn entry fails its CRC
        yield connection


def _remove(database: str) -> None:
    for path in (database, f"{database}-journal"):
        with suppress(OSError):
            os.remove(path)
