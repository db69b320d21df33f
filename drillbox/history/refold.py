"""Keeps the tables `schedule` and `opened` equal to the fold of `event`, and the counts
(counts.py) equal to those.

A new event is later than all others, so most of them move one row on by one step. What
reaches back (grade, undo, reset), a changed alias and a merge fold again.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from drillbox.domain import event as kinds
from drillbox.domain import schedule
from drillbox.domain.event import Event
from drillbox.domain.schedule import (
    NEW,
    Alias,
    Effect,
    ItemState,
    Key,
    Order,
    Role,
    Row,
    Schedule,
    Settled,
    Told,
)
from drillbox.history import counts, states, store

_WIDE = 50  # more items than this: fold the whole course again


class Step(NamedTuple):
    """What a new event did to its item."""

    role: Role
    before: ItemState
    after: ItemState


# -- one more event


def step(db: sqlite3.Connection, event: Event) -> Step:
    """Take in an event that was just added and is later than all others."""
    if event.kind in (kinds.GRADE, kinds.UNDO):
        return _reach_back(db, event)
    if event.kind == kinds.RESET:
        refold(db, event.course)
        return Step("none", NEW, NEW)
    if event.kind == kinds.READ:
        sql = "insert or ignore into opened values (?, ?, ?)"
        item = _live(db, event.course, event.item)
        db.execute(sql, (event.course, item, event.day))
    if event.kind == kinds.BRING:
        refold(db, event.course, _named(event))
    return _advance(db, event)


def _advance(db: sqlite3.Connection, event: Event) -> Step:
    item = _live(db, event.course, event.item)
    before = states.read(db, event.course, item)
    after, role = schedule.advance(before, schedule.row(event))
    if after != before:
        with counts.following(db, event.course, [item]):
            states.write(db, event.course, item, after)
    return Step(role, before, after)


def _reach_back(db: sqlite3.Connection, event: Event) -> Step:
    target = _root(db, event)
    if target is None:
        return Step("none", NEW, NEW)
    names = None if target.kind == kinds.RESET else _named(target)
    item = _live(db, target.course, target.item)
    before = states.read(db, target.course, item)
    answers = refold(db, target.course, names)
    role: Role = next((t.role for t in answers if t.id == target.id), "none")
    return Step(role, before, states.read(db, target.course, item))


def _root(db: sqlite3.Connection, event: Event) -> Event | None:
    """The event that a grade or undo is about in the end; None if it is not here."""
    target = _find(db, event.target)
    if target and target.kind == kinds.GRADE and event.kind == kinds.UNDO:
        target = _find(db, target.target)
    settling = target is None or target.kind in (kinds.GRADE, kinds.UNDO)
    return None if settling else target


def _find(db: sqlite3.Connection, ident: str | None) -> Event | None:
    return next(store.events(db, "where id = ?", (ident,)), None)


def _named(event: Event) -> set[str]:
    """The items an event is about."""
    if event.kind == kinds.BRING:
        return set(event.body["items"])
    return {event.item}


# -- folding again


def rebuild(db: sqlite3.Connection) -> None:
    """Fold the whole log again; inside a transaction."""
    settled, alias = _settled(db), aliases(db)
    found = schedule.replay(settled, _groups(db, settled, alias), alias)
    db.execute("delete from schedule")
    db.execute("delete from opened")
    states.write_all(db, found)
    counts.recount(db)


def told(
    db: sqlite3.Connection, watch: Callable[[Told], None], course: str | None = None
) -> None:
    """Tell `watch` what every answer was, of one course or all, without writing."""
    settled, alias = _settled(db), aliases(db, course)
    schedule.replay(settled, _groups(db, settled, alias, course), alias, watch)


def refold(
    db: sqlite3.Connection, course: str, names: Iterable[str] | None = None
) -> list[Told]:
    """Fold a course again, or only some of its items; returns what answers were."""
    found: list[Told] = []
    alias = aliases(db, course)
    wanted = None if names is None else _with_aliases(course, set(names), alias)
    if wanted is None or len(wanted) > _WIDE:
        settled = _settled(db)
        groups = _groups(db, settled, alias, course)
        result = schedule.replay(settled, groups, alias, found.append)
        states.forget(db, course)
        states.write_all(db, result)
        counts.recount(db, course)
    else:
        result = _of_items(db, course, wanted, alias, found.append)
        with counts.following(db, course, wanted):
            states.forget(db, course, wanted)
            states.write_all(db, result)
    return found


Groups = Iterator[tuple[Key, Iterable[Row]]]
_SINCE = "(logical, id) > (?, ?)"


def _settled(db: sqlite3.Connection) -> Settled:
    return schedule.settle(store.effects(db, f"where {store.SETTLES}"))


def _groups(
    db: sqlite3.Connection, settled: Settled, alias: Alias, course: str | None = None
) -> Groups:
    """The rows of every item, read in one go; of renamed ones by a question each."""
    courses = [course] if course is not None else _courses(db)
    for name in courses:
        since = settled.starts.get(name, schedule.BEFORE_ALL)
        where = f"where course = ? and {_SINCE}"
        sql = f"select item, count(*) from event {where} group by item order by item"
        counts = db.execute(sql, (name, *since)).fetchall()
        rows = store.rows(db, f"{where} order by item, logical, id", (name, *since))
        involved = {*(o for c, o in alias if c == name), *_renamed(name, alias)}
        for item, count in counts:
            group = islice(rows, count)
            if item in involved:
                deque(group, maxlen=0)
            else:
                yield (name, item), group
        yield from _renamed_groups(db, name, since, alias)


def _courses(db: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    sql = "select min(course) from event where course > ?"  # `distinct` reads all
    while name := db.execute(sql, (found[-1] if found else "",)).fetchone()[0]:
        found.append(name)
    return found


def _renamed(course: str, alias: Alias) -> set[str]:
    return {live for (name, _), live in alias.items() if name == course}


def _renamed_groups(
    db: sqlite3.Connection, course: str, since: Order, alias: Alias
) -> Groups:
    for live in _renamed(course, alias):
        yield (course, live), _rows_of(db, course, live, since, alias)


def _rows_of(
    db: sqlite3.Connection, course: str, live: str, since: Order, alias: Alias
) -> list[Row]:
    """The rows of one item and of what it was called before."""
    names = [
        live,
        *(o for (c, o), item in alias.items() if (c, item) == (course, live)),
    ]
    places = ", ".join("?" * len(names))
    where = f"where course = ? and item in ({places}) and {_SINCE}"
    order = "order by logical, id"
    return list(store.rows(db, f"{where} {order}", (course, *names, *since)))


def _of_items(
    db: sqlite3.Connection,
    course: str,
    names: set[str],
    alias: Alias,
    watch: Callable[[Told], None],
) -> Schedule:
    own = f"where {store.SETTLES} and kind = 'reset' and course = ?"
    resets = store.effects(db, own, (course,))
    start = schedule.settle([*resets, *_on(db, [e.id for e in resets])]).starts
    since = start.get(course, schedule.BEFORE_ALL)
    live = sorted({alias.get((course, name), name) for name in names})
    groups = {name: _rows_of(db, course, name, since, alias) for name in live}
    groups[""] = groups.get("", []) + _brings(db, course, names, since)
    ids = [row[0] for rows in groups.values() for row in rows]
    settled = schedule.settle(_on(db, ids))
    keyed = (((course, name), rows) for name, rows in groups.items())
    found = schedule.replay(settled, keyed, alias, watch)
    return _only(found, set(live))


def _brings(
    db: sqlite3.Connection, course: str, names: set[str], since: Order
) -> list[Row]:
    """What brought one of these items, whatever item the event names."""
    one = "instr(char(10) || detail || char(10), char(10) || ? || char(10))"
    where = "indexed by brought where kind = 'bring' and course = ?"
    where = f"{where} and {one} and {_SINCE}"
    found = (store.rows(db, where, (course, name, *since)) for name in sorted(names))
    return list({row[0]: row for rows in found for row in rows}.values())


def _on(db: sqlite3.Connection, ids: Iterable[str]) -> list[Effect]:
    """The grades and undos about these events, and the undos of those grades."""
    found: list[Effect] = []
    for ident in ids:
        for effect in store.effects(db, "where target = ?", (ident,)):
            found.append(effect)
            found += store.effects(db, "where target = ?", (effect.id,))
    return found


def _only(found: Schedule, names: set[str]) -> Schedule:
    """Without the other items that a bring of these names too."""
    items = {key: state for key, state in found.items.items() if key[1] in names}
    return Schedule(items, {k: day for k, day in found.read.items() if k[1] in names})


def _with_aliases(course: str, names: set[str], alias: Alias) -> set[str]:
    names |= {alias[course, name] for name in names if (course, name) in alias}
    return names | {old for (_, old), live in alias.items() if live in names}


# -- aliases


def aliases(
    db: sqlite3.Connection, course: str | None = None
) -> dict[tuple[str, str], str]:
    """(course, old id) → live id, of one course or of all."""
    rows = db.execute("select course, old, item from alias").fetchall()
    return {(c, old): item for c, old, item in rows if course in (None, c)}


def _live(db: sqlite3.Connection, course: str, item: str) -> str:
    sql = "select item from alias where course = ? and old = ?"
    row = db.execute(sql, (course, item)).fetchone()
    return row[0] if row else item
