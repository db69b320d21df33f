"""The tables `schedule` and `opened` as rows: one for each item, one for each drop."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from drillbox.domain.backlog import Wait
from drillbox.domain.schedule import NEW, ItemState, Schedule
from drillbox.domain.sm2 import State
from drillbox.history import counts

STATE = (
    "ef, n, interval, due, last_review, last_quality, answers, reviews, lapses, "
    "suspended, brought, fingerprint, last_answer, last_answer_quality"
)
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


def read_some(
    db: sqlite3.Connection, course: str, names: Iterable[str]
) -> dict[str, ItemState]:
    """The states of these items; only those that something happened to."""
    sql = f"select item, {STATE} from schedule where course = ? and item = ?"
    rows = (db.execute(sql, (course, name)).fetchone() for name in names)
    return {row[0]: state_of(row[1:]) for row in rows if row}


def read_answers(db: sqlite3.Connection, course: str) -> dict[str, int]:
    """How many answers each item has that something happened to."""
    sql = "select item, answers from schedule where course = ?"
    return dict(db.execute(sql, (course,)).fetchall())


def read_waiting(db: sqlite3.Connection, course: str, today: int) -> list[Wait]:
    """The items that are due by their day and not suspended, live ones or not.

    Plain tuples in a Wait's order: of 50,000 the names would cost 40 ms.
    """
    sql = (
        "select item, due, last_quality from schedule indexed by waiting "
        "where suspended = 0 and due is not null and course = ? and due <= ?"
    )
    return cast(list[Wait], db.execute(sql, (course, today)).fetchall())


def read_touched(db: sqlite3.Connection, course: str, today: int) -> set[str]:
    """The items that were answered today or later, are brought today, or changed, and
    perhaps some more."""
    sql = (
        "select coalesce(a.item, e.item) from event e indexed by by_day "
        "left join alias a on a.course = e.course and a.old = e.item "
        "where e.day >= :today and e.course = :course "
        "union select item from changed where course = :course "
        "union select item from schedule where brought = :today and course = :course"
    )
    found = db.execute(sql, {"course": course, "today": today})
    return {item for (item,) in found}


class Day(NamedTuple):
    """What there is of a course on a study day.

    waiting: what is due by its day. touched: what may come for another reason: it was
    answered or is brought today, or changed. read: drop id → study day. met: by drop
    id, how many cards are not new.
    """

    waiting: list[Wait]
    touched: set[str]
    read: dict[str, int]
    met: dict[str, int]


def read_day(db: sqlite3.Connection, course: str, today: int) -> Day:
    """What there is of a course today."""
    return Day(
        read_waiting(db, course, today),
        read_touched(db, course, today),
        read_opened(db, course),
        {drop: part.met for drop, part in counts.parts(db, course).items()},
    )


def read_opened(db: sqlite3.Connection, course: str) -> dict[str, int]:
    """Study day of the first reading, by drop."""
    sql = 'select "drop", day from opened where course = ?'
    return dict(db.execute(sql, (course,)).fetchall())


def state_of(row: Sequence[Any]) -> ItemState:
    """The state in a row of STATE's columns."""
    # By place: by name it took three times as long, 2 s of a course of 100,000 cards.
    fields = [*row[3:9], bool(row[9]), *row[10:]]
    return ItemState(State(*row[:3]), *fields)


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
