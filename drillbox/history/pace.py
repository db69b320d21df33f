"""How long a learner takes: the median of their own answers, by item and by kind."""

import sqlite3
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping

from drillbox.domain.event import UNDO

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
        self._times: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._by_item: dict[str, float] = {}
        self._by_kind: dict[str, float] = {}

    def medians(
        self, db: sqlite3.Connection, alias: Mapping[tuple[str, str], str]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Seconds by item id, and by kind of card."""
        moved: set[tuple[str, str]] = set()
        for row in db.execute(_NEWER, (self._last, self.course)).fetchall():
            self._last, ident, kind, target, item, card, duration = row
            if kind == UNDO:
                moved |= self._undo(target)
            elif ident not in self._undone:
                name = alias.get((self.course, item), item)
                moved |= self._add(ident, name, card, min(duration, CAP_MS) / 1000)
        for key in moved:
            self._settle(key)
        return dict(self._by_item), dict(self._by_kind)

    def _add(
        self, ident: str, item: str, card: str | None, seconds: float
    ) -> set[tuple[str, str]]:
        self._given[ident] = (item, card, seconds)
        keys = _keys(item, card)
        for key in keys:
            insort(self._times[key], seconds)
        return keys

    def _undo(self, target: str) -> set[tuple[str, str]]:
        self._undone.add(target)
        if target not in self._given:
            return set()
        item, card, seconds = self._given.pop(target)
        keys = _keys(item, card)
        for key in keys:
            self._times[key].remove(seconds)
        return keys

    def _settle(self, key: tuple[str, str]) -> None:
        what, name = key
        table = self._by_item if what == "item" else self._by_kind
        times = self._times[key]
        if not times:
            table.pop(name, None)
            return
        middle = len(times) // 2
        even = (times[middle - 1] + times[middle]) / 2
        table[name] = times[middle] if len(times) % 2 else even


def _keys(item: str, card: str | None) -> set[tuple[str, str]]:
    return {("item", item)} | ({("kind", card)} if card else set())
