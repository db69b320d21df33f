"""The database: its tables, their migrations, and events as rows.

event      the log; never updated, never deleted. seq: the order of arrival here
schedule   the fold: one row for each item that something happened to
opened     the fold: the study day of a drop's first reading
live       the items the courses had when they were last loaded; drop: of a card, ""
           for exercises and runs
alias      earlier ids of live items
meta       device: the id of this installation; live COURSE: a digest of `live`
waits, parts, changed, counted: sums of the above, see counts.py
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from drillbox import places
from drillbox.domain.event import ANSWER, Event
from drillbox.domain.schedule import Effect, Row
from drillbox.domain.schedule import row as fold_row
from drillbox.errors import HistoryError
from drillbox.history import counts
from drillbox.words import _

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 2
BUSY_MS = 5000

EVENT = (
    "id, device, logical, wall_ms, offset_min, day, kind, course, item, target, "
    "quality, practice, body"
)
_EVENT_FIELDS = EVENT.split(", ")
ROW = "id, kind, quality, practice, day, detail, fingerprint"
EFFECT = "logical, id, kind, course, target, quality"
SETTLES = "kind in ('undo', 'grade', 'reset')"  # in a `where`, to use the index
STANDS = (  # in a `where` about event: it is not undone
    "not exists (select 1 from event u where u.target = event.id and u.kind = 'undo')"
)
_DERIVED = "detail, fingerprint, duration_ms, card"
_INSERT = (
    f"insert or ignore into event ({EVENT}, {_DERIVED}) values ({', '.join('?' * 17)})"
)


class Files(NamedTuple):
    """Where one record lives."""

    base: str
    database: str
    journal: str
    backups: str

    @classmethod
    def under(cls, base: str) -> "Files":
        """The files of the record in the directory `base`."""
        return cls(
            base, places.database(base), places.journal(base), places.backups(base)
        )


def connect(path: str, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """A connection that writes at once and for good (WAL, synchronous FULL)."""
    connection = sqlite3.connect(
        path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("pragma journal_mode = wal").fetchone()
        connection.execute("pragma synchronous = full")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(
    db: sqlite3.Connection, checkpoint: Callable[[str], None] | None = None
) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    db.execute("begin immediate")
    try:
        yield
        if checkpoint:
            checkpoint("written")
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


# -- the version


def version_of(path: str) -> int:
    """The version in the header of a database file; reading it touches nothing."""
    with open(path, "rb") as file:
        header = file.read(64)
    return int.from_bytes(header[60:64], "big") if header[:6] == b"SQLite" else 0


def refuse_newer(path: str, version: int) -> None:
    """Raises HistoryError if a later drillbox has written the file."""
    if version > VERSION:
        said = _(
            "{path} was written by a newer drillbox (version {version}, this one knows "
            "{known}); nothing was touched: update drillbox, or set DRILLBOX_HOME to "
            "another directory"
        )
        raise HistoryError(said.format(path=path, version=version, known=VERSION))


def migrate(
    db: sqlite3.Connection, checkpoint: Callable[[str], None] | None = None
) -> None:
    """Bring the tables to VERSION, in one transaction: ended half-way, they stay as
    they were. checkpoint: told "written" before it is for good."""
    if db.execute("pragma user_version").fetchone()[0] == VERSION:
        return
    from sqlite_utils import Database  # 120 ms: it imports numpy where there is one

    with transaction(db, checkpoint):
        (version,) = db.execute("pragma user_version").fetchone()
        tables = Database(db, strict=True, execute_plugins=False)
        for step in _MIGRATIONS[version:]:
            step(tables)
        db.execute(f"pragma user_version = {VERSION}")


def _first(db: "Database") -> None:
    _event_table(db)
    number = dict.fromkeys(("ef", "n", "interval", "due", "last_review"), int)
    number |= dict.fromkeys(("last_quality", "answers", "reviews", "lapses"), int)
    number |= dict.fromkeys(("suspended", "brought"), int)
    last = {"fingerprint": str, "last_answer": int, "last_answer_quality": int}
    key = {"course": str, "item": str}
    schedule = db.table("schedule")
    schedule.create({**key, **number, **last}, pk=("course", "item"))
    opened = {"course": str, "drop": str, "day": int}
    db.table("opened").create(opened, pk=("course", "drop"))
    live = {**key, "fingerprint": str}
    db.table("live").create(live, pk=("course", "item"))
    alias = {"course": str, "old": str, "item": str}
    db.table("alias").create(alias, pk=("course", "old"))
    meta = db.table("meta")
    meta.create({"key": str, "value": str}, pk="key")
    meta.insert({"key": "device", "value": os.urandom(16).hex()})


def _event_table(db: "Database") -> None:
    texts = ("id", "device", "kind", "course", "item", "body")
    numbers = ("logical", "wall_ms", "offset_min", "day", "practice")
    optional: dict[str, type] = {"target": str, "quality": int, "detail": str}
    optional |= {"fingerprint": str, "duration_ms": int, "card": str}
    # The body comes last: a replay reads the columns before it and skips it.
    columns: dict[str, type] = {"seq": int} | dict.fromkeys(texts[:-1], str)
    columns |= dict.fromkeys(numbers, int) | optional | {"body": str}
    event = db.table("event")
    event.create(columns, pk="seq", not_null={*texts, *numbers})
    event.create_index(["id"], index_name="by_id", unique=True)
    event.create_index(["logical", "id"], index_name="by_order")
    fold = ["course", "item", "logical", *ROW.split(", ")]
    event.create_index(fold, index_name="fold")  # a replay reads this index alone
    event.create_index(["target"], index_name="by_target")
    event.create_index(["day"], index_name="by_day")
    effect = "kind, course, logical, id, target, quality"
    db.execute(f"create index effect on event ({effect}) where {SETTLES}")
    db.execute("create index brought on event (course) where kind = 'bring'")


def _second(db: "Database") -> None:
    """Counts that are kept: home and the prompt add up a few rows of them."""
    for statement in _KEPT:
        db.execute(statement)
    counts.recount(db.conn)


_KEPT = (
    "alter table live add column \"drop\" text not null default ''",
    'create table waits (course text not null, "drop" text not null, due integer not '
    'null, n integer not null, primary key (course, "drop", due)) strict',
    'create table parts (course text not null, "drop" text not null, met integer not '
    'null, mature integer not null, primary key (course, "drop")) strict',
    "create table changed (course text not null, item text not null, "
    "primary key (course, item)) strict",
    "create table counted (seq integer not null) strict",
    # Only this index is read for what is due, not the rows; few are ever brought.
    "create index waiting on schedule (course, due, item, last_quality) "
    "where suspended = 0 and due is not null",
    "create index by_bring on schedule (brought) where brought is not null",
)
_MIGRATIONS = (_first, _second)


# -- events as rows


def insert(db: sqlite3.Connection, events: Iterable[Event]) -> int:
    """Add events that are not there yet; returns how many were new."""
    before = db.total_changes
    db.executemany(_INSERT, map(_row, events))
    return db.total_changes - before


def _row(event: Event) -> tuple[Any, ...]:
    read = fold_row(event)
    duration = event.body.get("duration_ms")
    card = event.body.get("kind") if event.kind == ANSWER else None
    return (
        event.id,
        event.device,
        event.logical,
        event.wall_ms,
        event.offset_min,
        event.day,
        event.kind,
        event.course,
        event.item,
        event.target,
        event.quality,
        int(event.practice),
        dump(event.body),
        read.detail,
        read.fingerprint,
        duration if type(duration) is int and 0 < duration < 2**53 else None,
        card if isinstance(card, str) else None,
    )


def event_of(row: Sequence[Any]) -> Event:
    """The event in a row of EVENT's columns."""
    values: dict[str, Any] = dict(zip(_EVENT_FIELDS, row, strict=True))
    values["practice"] = bool(values["practice"])
    values["body"] = json.loads(values["body"])
    return Event(**values)


def dump(value: object) -> str:
    """JSON on one line. What UTF-8 cannot say (a torn paste) is escaped, not lost."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text


def events(
    db: sqlite3.Connection, where: str = "", values: Sequence[object] = ()
) -> Iterator[Event]:
    """The events that a `where …` clause picks."""
    for row in db.execute(f"select {EVENT} from event {where}", values):
        yield event_of(row)


def rows(db: sqlite3.Connection, where: str, values: Sequence[object]) -> Iterator[Row]:
    """The rows that a `where … order by …` clause picks.

    Plain tuples in a Row's order: naming the fields of 300,000 costs 0.2 s.
    """
    found = db.execute(f"select {ROW} from event {where}", values)
    return cast(Iterator[Row], found)


def effects(
    db: sqlite3.Connection, where: str, values: Sequence[object] = ()
) -> list[Effect]:
    """The effects that a `where …` clause picks."""
    found = db.execute(f"select {EFFECT} from event {where}", values)
    return [Effect(*row) for row in found]


def exists(db: sqlite3.Connection, ident: str) -> bool:
    """Is there an event with this id?"""
    found = db.execute("select 1 from event where id = ?", (ident,)).fetchone()
    return found is not None


def fsync_directory(path: str) -> None:
    """Make a new or renamed file in `path` durable (POSIX; elsewhere a no-op)."""
    if os.name != "posix":
        return
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
