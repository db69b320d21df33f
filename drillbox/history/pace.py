"""How long a learner takes: the median of their own answers, by item and by kind."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from drillbox.domain.event import UNDO

Key = tuple[str, str]  # ("item", id) or ("kind", kind of card)
WINDOW = 10_000  # of the last so many events, a year of thirty a day
CAP_MS = 300_000  # longer than five minutes the learner was elsewhere

_NEWER = (
    "select seq, id, kind, target, item, card, duration_ms from event where seq > ? "
    "and (kind = 'undo' or kind = 'answer' and course = ? and duration_ms is not null) "
    "order by seq"
)


class Pace:
    """Medians of one course in seconds, kept up to date by reading what is new.

    Undone answers do not count. A reset takes nothing away: how long a learner takes is
    about the learner, not about the schedule.
    """

    def __init__(self, course: str) -> None:
        self.course = course
        self._last = 0
        self._undone: set[str] = set()
        self._given: dict[str, tuple[str, str | None, float]] = {}
        self._times: dict[Key, list[float]] = defaultdict(list)
        self._by_item: dict[str, float] = {}
        self._by_kind: dict[str, float] = {}

    def medians(
        self, db: sqlite3.Connection, alias: Mapping[tuple[str, str], str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Seconds by item id, and by kind of card."""
        (newest,) = db.execute("select coalesce(max(seq), 0) from event").fetchone()
        since = max(self._last, newest - WINDOW)
        rows = db.execute(_NEWER, (since, self.course)).fetchall()
        undone = {target for _, _, kind, target, *_ in rows if kind == UNDO}
        moved: set[Key] = set()
        for target in undone & self._given.keys():
            moved |= self._remove(target)
        self._undone |= undone
        for self._last, ident, kind, _, item, card, duration in rows:
            if kind != UNDO and ident not in self._undone:
                name = alias.get((self.course, item), item) if alias else item
                moved.add(self._add(ident, name, card, min(duration, CAP_MS) / 1000))
        moved |= {("kind", card) for *_, card, _ in rows if card}
        for key in moved:
            self._settle(key)
        return dict(self._by_item), dict(self._by_kind)

    def _add(self, ident: str, item: str, card: str | None, seconds: float) -> Key:
        self._given[ident] = (item, card, seconds)
        key = ("item", item)
        self._times[key].append(seconds)
        if card:
            self._times["kind", card].append(seconds)
        return key

    def _remove(self, ident: str) -> set[Key]:
        item, card, seconds = self._given.pop(ident)
        keys = _keys(item, card)
        for key in keys:
            self._times[key].remove(seconds)
        return keys

    def _settle(self, key: Key) -> None:
        what, name = key
        table = self._by_item if what == "item" else self._by_kind
        times = self._times[key]
        times.sort()  # all but the last few are in order already
        if not times:
            table.pop(name, None)
            return
        middle = len(times) // 2
        even = (times[middle - 1] + times[middle]) / 2
        table[name] = times[middle] if len(times) % 2 else even


def _keys(item: str, card: str | None) -> set[Key]:
    return {("item", item)} | ({("kind", card)} if card else set())
