"""The tables `schedule` and `opened` as rows: one for each item, one for each drop."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from drillbox.domain.schedule import NEW, ItemState, Schedule
from drillbox.domain.sm2 import State

STATE = (
    "ef, n, interval, due, last_review, last_quality, answers, reviews, lapses, "
    "suspended, brought, fingerprint, last_answer, last_answer_quality"
)
_STATE_FIELDS = STATE.split(", ")[3:]
_WRITE = (
    f"insert or replace into schedule (course, item, {STATE}) "
    f"values ({', '.join('?' * 16)})"
)


def read(db: sqlite3.Connection, course: str, item: str) -> ItemState:
    """Where the learner stands with one item."""
    sql = f"select {STATE} from schedule where course = ? and item = ?"
    row = db.execute(sql, (course, item)).fetchone()
    return state_of(row) if row else NEW


def read_all(db: sqlite3.Connection, course: str) -> dict[str, ItemState]:
    """The states of a course, by item."""
    sql = f"select item, {STATE} from schedule where course = ?"
    return {item: state_of(row) for item, *row in db.execute(sql, (course,))}


def read_opened(db: sqlite3.Connection, course: str) -> dict[str, int]:
    """Study day of the first reading, by drop."""
    sql = 'select "drop", day from opened where course = ?'
    return dict(db.execute(sql, (course,)).fetchall())


def state_of(row: Sequence[Any]) -> ItemState:
    """The state in a row of STATE's columns."""
    values: dict[str, Any] = dict(zip(_STATE_FIELDS, row[3:], strict=True))
    values["suspended"] = bool(values["suspended"])
    return ItemState(State(*row[:3]), **values)


def _row(course: str, item: str, state: ItemState) -> tuple[Any, ...]:
    s, easy = state, state.sm2
    head = (course, item, easy.ef, easy.n, easy.interval, s.due, s.last_review)
    counts = (s.last_quality, s.answers, s.reviews, s.lapses, int(s.suspended))
    last = (s.brought, s.fingerprint, s.last_answer, s.last_answer_quality)
    return head + counts + last


def write(db: sqlite3.Connection, course: str, item: str, state: ItemState) -> None:
    if state == NEW:
        sql = "delete from schedule where course = ? and item = ?"
        db.execute(sql, (course, item))
    else:
        db.execute(_WRITE, _row(course, item, state))


def write_all(db: sqlite3.Connection, found: Schedule) -> None:
    rows = (_row(*key, state) for key, state in found.items.items())
    db.executemany(_WRITE, rows)
    days = ((*key, day) for key, day in found.read.items())
    db.executemany("insert or replace into opened values (?, ?, ?)", days)


def forget(
    db: sqlite3.Connection, course: str, names: Iterable[str] | None = None
) -> None:
    """Take out a course, or only some of its items."""
    for table, item in (("schedule", "item"), ("opened", '"drop"')):
        if names is None:
            db.execute(f"delete from {table} where course = ?", (course,))
        else:
            sql = f"delete from {table} where course = ? and {item} = ?"
            db.executemany(sql, [(course, name) for name in names])


def dump(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Every row of both tables, sorted."""
    items = db.execute(f"select course, item, {STATE} from schedule order by 1, 2")
    drops = db.execute('select course, "drop", day from opened order by 1, 2')
    return [*items.fetchall(), *drops.fetchall()]
