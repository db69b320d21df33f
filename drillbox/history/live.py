"""Which items the courses have now: what `due` counts, and under which id."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from drillbox.history import counts, refold, store

Items = Mapping[str, tuple[Sequence[str], str]]  # id → (earlier ids, fingerprint)
_Live = dict[str, tuple[str, str]]  # id → (fingerprint, id of the drop)


def stands(
    db: sqlite3.Connection, course: str, items: Items, drops: Mapping[str, str]
) -> bool:
    """Is this what the course had, and are the counts up to date?"""
    return not counts.behind(db) and _same(db, course, _live(items, drops), items)


def adopt(
    db: sqlite3.Connection, course: str, items: Items, drops: Mapping[str, str]
) -> None:
    """Keep the items of a course; fold again those whose aliases changed.

    drops: the id of the drop of every card; others have none.
    """
    live, alias = _live(items, drops), _aliases(items)
    with store.transaction(db):
        counts.catch_up(db)
        was = {old: item for (_, old), item in refold.aliases(db, course).items()}
        db.execute("delete from live where course = ?", (course,))
        rows = ((course, name, *about) for name, about in live.items())
        db.executemany("insert into live values (?, ?, ?, ?)", rows)
        moved = dict(was.items() ^ alias.items()).keys()
        if moved:
            db.execute("delete from alias where course = ?", (course,))
            pairs = ((course, old, item) for old, item in alias.items())
            db.executemany("insert into alias values (?, ?, ?)", pairs)
            refold.refold(db, course, _concerned(moved, was, alias))
        counts.recount(db, course)


def _live(items: Items, drops: Mapping[str, str]) -> _Live:
    return {name: (mark, drops.get(name, "")) for name, (_, mark) in items.items()}


def _aliases(items: Items) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, (earlier, _) in items.items():
        for old in earlier:
            if old not in items:
                found.setdefault(old, name)
    return found


def _same(db: sqlite3.Connection, course: str, live: _Live, items: Items) -> bool:
    sql = 'select item, fingerprint, "drop" from live where course = ?'
    found = {name: (mark, drop) for name, mark, drop in db.execute(sql, (course,))}
    kept = {old: item for (_, old), item in refold.aliases(db, course).items()}
    return found == live and kept == _aliases(items)


def _concerned(
    moved: Iterable[str], was: dict[str, str], alias: dict[str, str]
) -> set[str]:
    names: set[str] = set()
    for old in moved:
        names |= {old, was.get(old, old), alias.get(old, old)}
    return names
