"""Which items the courses have now: what `due` counts, and under which id."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from drillbox.history import refold, store

Items = Mapping[str, tuple[Sequence[str], str]]  # id → (earlier ids, fingerprint)


def adopt(db: sqlite3.Connection, course: str, items: Items) -> None:
    """Keep the items of a course; fold again those whose aliases changed."""
    live = {name: fingerprint for name, (_, fingerprint) in items.items()}
    alias = _aliases(items)
    if _stands(db, course, live, alias):
        return
    with store.transaction(db):
        was = {old: item for (_, old), item in refold.aliases(db, course).items()}
        db.execute("delete from live where course = ?", (course,))
        rows = ((course, name, mark) for name, mark in live.items())
        db.executemany("insert into live values (?, ?, ?)", rows)
        moved = dict(was.items() ^ alias.items()).keys()
        if moved:
            db.execute("delete from alias where course = ?", (course,))
            pairs = ((course, old, item) for old, item in alias.items())
            db.executemany("insert into alias values (?, ?, ?)", pairs)
            refold.refold(db, course, _concerned(moved, was, alias))


def _aliases(items: Items) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, (earlier, _) in items.items():
        for old in earlier:
            if old not in items:
                found.setdefault(old, name)
    return found


def _stands(
    db: sqlite3.Connection, course: str, live: dict[str, str], alias: dict[str, str]
) -> bool:
    sql = "select item, fingerprint from live where course = ?"
    same = dict(db.execute(sql, (course,)).fetchall()) == live
    kept = {old: item for (_, old), item in refold.aliases(db, course).items()}
    return same and kept == alias


def _concerned(
    moved: Iterable[str], was: dict[str, str], alias: dict[str, str]
) -> set[str]:
    names: set[str] = set()
    for old in moved:
        names |= {old, was.get(old, old), alias.get(old, old)}
    return names
