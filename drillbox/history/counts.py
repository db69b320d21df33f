"""Counts that are kept beside the schedule: home and the prompt add up a few rows.

waits    by drop and study day: live items that come due then and are not suspended
parts    by drop. met: live items that are no longer new (scheduled or suspended).
         mature: those of them that come back after three weeks or more
changed  live items whose answer is another than the one that was learned
counted  seq: the last event that the counts know of

Drops are those of live cards; exercises and runs are under "". All of it is derived
from `live` and `schedule`, may be thrown away and is made again by `recount`. What
moves an item moves its counts in the same transaction (`following`). A drillbox of the
version before, still running during the upgrade, does not: `counted` finds that out.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from drillbox.history.due import ODD, SUM

MATURE_DAYS = 21  # as domain/statistics.py has it
_BOTH = "from live l join schedule s on s.course = l.course and s.item = l.item"
_WAIT = "s.suspended = 0 and s.due is not null"
_MET = "(s.due is not null or s.suspended <> 0)"
_MATURE = f"(s.due is not null and s.interval >= {MATURE_DAYS})"
_CHANGED = "'' not in (l.fingerprint, s.fingerprint) and l.fingerprint <> s.fingerprint"
_NEWEST = "(select coalesce(max(seq), 0) from event)"

# -- moving one item. :by is 1, or -1 to take it out

_ONE = f"{_BOTH} where l.course = :course and l.item = :item"
_MOVE = (
    f'insert into waits select l.course, l."drop", s.due, :by {_ONE} and {_WAIT} '
    "on conflict do update set n = n + excluded.n",
    f'insert into parts select l.course, l."drop", :by, :by * {_MATURE} {_ONE} and '
    f"{_MET} on conflict do update set met = met + excluded.met, "
    "mature = mature + excluded.mature",
)
_EMPTY = (
    'delete from waits where n = 0 and (course, "drop", due) = '
    f'(select l.course, l."drop", s.due {_ONE} and {_WAIT})',
    'delete from parts where met = 0 and (course, "drop") = '
    f'(select l.course, l."drop" {_ONE})',
    "delete from changed where course = :course and item = :item",
)
_NOTE = f"insert into changed select l.course, l.item {_ONE} and {_CHANGED}"

# -- counting all of a course again

_ALL = f"{_BOTH} where (:course is null or l.course = :course)"
_RECOUNT = (
    *(
        f"delete from {table} where (:course is null or course = :course)"
        for table in ("waits", "parts", "changed")
    ),
    f'insert into waits select l.course, l."drop", s.due, count(*) {_ALL} and {_WAIT} '
    "group by 1, 2, 3",
    f'insert into parts select l.course, l."drop", count(*), sum({_MATURE}) {_ALL} and '
    f"{_MET} group by 1, 2",
    f"insert into changed select l.course, l.item {_ALL} and {_CHANGED}",
)


class Part(NamedTuple):
    """What is kept of one drop."""

    met: int
    mature: int


@contextmanager
def following(
    db: sqlite3.Connection, course: str, names: Iterable[str]
) -> Iterator[None]:
    """Inside a transaction: these live items may move, and their counts with them."""
    items = [{"course": course, "item": name} for name in sorted({*names})]
    for statement in _MOVE:
        db.executemany(statement, ({**item, "by": -1} for item in items))
    for statement in _EMPTY:
        db.executemany(statement, items)
    yield
    for statement in _MOVE:
        db.executemany(statement, ({**item, "by": 1} for item in items))
    db.executemany(_NOTE, items)


def recount(db: sqlite3.Connection, course: str | None = None) -> None:
    """Throw the counts of a course (None: all) away and make them again."""
    for statement in _RECOUNT:
        db.execute(statement, {"course": course})
    if course is None:
        seen(db)


def seen(db: sqlite3.Connection) -> None:
    """The counts know of every event there is."""
    db.execute("delete from counted")
    db.execute(f"insert into counted values ({_NEWEST})")


def behind(db: sqlite3.Connection) -> bool:
    """Has a program that keeps no counts added events?"""
    sql = f"select (select seq from counted) is not {_NEWEST}"
    return bool(db.execute(sql).fetchone()[0])


def catch_up(db: sqlite3.Connection) -> None:
    """Inside a transaction: count again if another program kept no counts."""
    if behind(db):
        recount(db)


def mend(db: sqlite3.Connection) -> None:
    """As `catch_up`, in a transaction of its own."""
    db.execute("begin immediate")
    try:
        catch_up(db)
        db.execute("commit")
    finally:
        if db.in_transaction:
            db.execute("rollback")


# -- reading


class Kept(NamedTuple):
    """What is kept of a course. parts, due: by the id of a drop, under "" what is no
    card; due: items due now. ahead: items that come due, by study day."""

    parts: dict[str, Part]
    due: dict[str, int]
    ahead: dict[int, int]


def kept(db: sqlite3.Connection, course: str, today: int, days: int) -> Kept:
    """What is kept of a course. days: from tomorrow on, for `ahead`."""
    coming = ahead(db, course, today + 1, today + days)
    return Kept(parts(db, course), due(db, course, today), coming)


def total(db: sqlite3.Connection, today: int) -> int:
    """Items of all courses that are due now."""
    return sum(count for _, count in db.execute(SUM, {"today": today}))


def parts(db: sqlite3.Connection, course: str) -> dict[str, Part]:
    """What is kept of each drop, by its id."""
    sql = 'select "drop", met, mature from parts where course = ?'
    return {drop: Part(*counts) for drop, *counts in db.execute(sql, (course,))}


def due(db: sqlite3.Connection, course: str, today: int) -> dict[str, int]:
    """Items due now by the id of their drop, by the rule of `drillbox due`."""
    sql = (
        'select "drop", sum(n) from (select "drop", n from waits '
        "where course = :course and due <= :today "
        f'union all select l."drop", 1 {ODD} and l.course = :course) group by 1'
    )
    return dict(db.execute(sql, {"course": course, "today": today}).fetchall())


def ahead(db: sqlite3.Connection, course: str, first: int, last: int) -> dict[int, int]:
    """Items that come due on each study day from `first` to `last` that has any."""
    sql = (
        "select due, sum(n) from waits where course = ? and due between ? and ? "
        "group by due"
    )
    return dict(db.execute(sql, (course, first, last)).fetchall())


def dump(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Every row of every count, sorted."""
    found: list[tuple[Any, ...]] = []
    for table in ("waits", "parts", "changed", "counted"):
        rows = db.execute(f"select * from {table}").fetchall()
        found += sorted((table, *row) for row in rows)
    return found
