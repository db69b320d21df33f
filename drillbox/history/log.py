"""The log of what a learner did: appending to it and reading it.

Owns the first invariant: when `append` returns, the event is on disk, in the database
and, if the disk allows, in the journal. What an answer is (review or drill) and the new
state are worked out inside the transaction that writes it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from drillbox.domain import event as kinds
from drillbox.domain.backlog import Wait
from drillbox.domain.event import Draft, Event
from drillbox.domain.schedule import ItemState, Role
from drillbox.domain.studyday import Moment, iso, study_day
from drillbox.history import counts, exchange, live, refold, states, store
from drillbox.history.keeper import Keeper
from drillbox.history.pace import CAP_MS, Pace
from drillbox.history.store import BUSY_MS, STANDS, Files
from drillbox.words import ngettext

T = TypeVar("T")
_PAGE = 1000

# What `u` takes back: not what a reset took already, no checks and hints.
_UNDOABLE = (
    "(kind in ('answer', 'read', 'predict', 'suspend', 'note') or "
    "kind = 'attempt' and detail in ('pass', 'give-up')) and "
    f"{STANDS} and not exists (select 1 from event r indexed by effect "
    "where r.kind in ('undo', 'grade', 'reset') and r.kind = 'reset' "
    "and r.course = event.course and (r.logical, r.id) > (event.logical, event.id) "
    "and not exists (select 1 from event v where v.target = r.id and v.kind = 'undo'))"
)
_BY_DAY = "indexed by by_day where"  # unasked, SQLite walks the whole log in order
_NEWEST = "order by logical desc, id desc"


class Recorded(NamedTuple):
    """An event as it was written, what the answer was, and its item's state.

    For a grade or undo: role and states of what it is about.
    """

    event: Event
    role: Role
    before: ItemState
    after: ItemState


class Log:
    """One learner's record. May be used from several threads, one call at a time."""

    def __init__(
        self,
        keeper: Keeper,
        clock: Callable[[], Moment],
        checkpoint: Callable[[str], None] | None = None,
    ) -> None:
        self._keeper = keeper
        self._clock = clock
        self._checkpoint = checkpoint
        self._pace: dict[tuple[str, int], Pace] = {}

    @classmethod
    def open(
        cls,
        home: str,
        clock: Callable[[], Moment],
        *,
        checkpoint: Callable[[str], None] | None = None,
        busy_ms: int = BUSY_MS,
    ) -> "Log":
        """The record in the directory `home`, made if need be. Raises HistoryError.

        checkpoint: told "written", "committed" and "journalled" as an append goes on.
        busy_ms: how long to wait for another program.
        """
        log = cls(Keeper(home, clock, busy_ms), clock, checkpoint)
        try:
            log._warn_of_future()
        except BaseException:
            log.close()
            raise
        return log

    @staticmethod
    def present(home: str) -> bool:
        """Is there a record in `home`, or what one can be rebuilt from?"""
        return any(os.path.exists(path) for path in Files.under(home)[1:])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._keeper.close()

    @property
    def notices(self) -> list[str]:
        """Sentences for the learner; grows when something fails that loses nothing."""
        return self._keeper.notices

    @property
    def device(self) -> str:
        """The id of this installation."""
        return self._keeper.device

    def now(self) -> Moment:
        """This moment, with the clock on the wall."""
        return self._clock()

    def today(self) -> int:
        """The study day it is now."""
        return study_day(self._clock())

    # -- writing

    def append(self, draft: Draft) -> Recorded:
        """Write one event; durable when it returns. Raises HistoryError if it is not.

        ValueError for a draft that no merge would take in (a quality of 7).
        """
        return self.append_all([draft])[0]

    def append_all(self, drafts: Sequence[Draft]) -> list[Recorded]:
        """Write events, all or none; durable when it returns."""
        recorded = self._keeper.change(lambda db: self._record(db, drafts))
        self._reached("committed")
        self._keeper.second_copy()
        self._reached("journalled")
        self._keeper.back_up()
        return recorded

    def _record(
        self, db: sqlite3.Connection, drafts: Sequence[Draft]
    ) -> list[Recorded]:
        with store.transaction(db, self._checkpoint):
            counts.catch_up(db)
            recorded = [self._add(db, draft) for draft in drafts]
            counts.seen(db)
            return recorded

    def _add(self, db: sqlite3.Connection, draft: Draft) -> Recorded:
        event = self._stamped(db, draft)
        wrong = exchange.flaw(event)
        if wrong:
            raise ValueError(wrong)
        store.insert(db, [event])
        return Recorded(event, *refold.step(db, event))

    def _stamped(self, db: sqlite3.Connection, draft: Draft) -> Event:
        now = self._clock()
        (last,) = db.execute("select max(logical) from event").fetchone()
        return Event(
            os.urandom(16).hex(),
            self.device,
            now.utc_ms if last is None else max(now.utc_ms, last + 1),
            now.utc_ms,
            now.offset_min,
            study_day(now),
            draft.kind,
            draft.course,
            draft.item,
            draft.target,
            draft.quality,
            draft.practice,
            dict(draft.body),
        )

    def _reached(self, point: str) -> None:
        if self._checkpoint:
            self._checkpoint(point)

    def set_live(
        self, course: str, items: live.Items, drops: Mapping[str, str] = {}
    ) -> None:
        """The items a course has now: id → (earlier ids, fingerprint).

        drops: the id of the drop of every card; exercises and runs have none here. An
        earlier id that is live itself, or that two items claim, stays what it is for
        the second.
        """
        if not self.read(lambda db: live.stands(db, course, items, drops)):
            self._keeper.change(lambda db: live.adopt(db, course, items, drops))
            self._pace.clear()

    def rebuild(self) -> None:
        """Fold the whole log again."""

        def work(db: sqlite3.Connection) -> None:
            with store.transaction(db):
                refold.rebuild(db)

        self._keeper.change(work)

    # -- taking back

    def undoable(
        self, session_event_ids: Sequence[str], of: tuple[str, str] | None = None
    ) -> Event | None:
        """What `u` takes back: this session's newest, else this device's of today.

        of: a course and an item, where nothing else is to be taken back.
        """
        marks = ", ".join("?" * len(session_event_ids))
        this = "course = ? and item = ? and " if of else ""
        newest = f"{this}{_UNDOABLE} {_NEWEST} limit 1"
        mine = f"indexed by by_id where id in ({marks}) and {newest}"
        earlier = f"{_BY_DAY} day = ? and device = ? and {newest}"
        found = self._pick(mine, *session_event_ids, *(of or ()))
        found = found or self._pick(earlier, self.today(), self.device, *(of or ()))
        return found[0] if found else None

    def future(self) -> list[Event]:
        """Events dated more than one study day ahead of today, not undone."""
        where = (
            f"{_BY_DAY} day > ? and kind <> 'undo' and {STANDS} order by logical, id"
        )
        return self._pick(where, self.today() + 1)

    def undo_future(self) -> int:
        """Undo every event that `future` names; returns how many."""
        late = self.future()
        drafts = [Draft(kinds.UNDO, e.course, e.item, target=e.id) for e in late]
        if drafts:
            self.append_all(drafts)
        return len(drafts)

    def _warn_of_future(self) -> None:
        late = self.future()
        if late:
            said = ngettext(
                "{n} entry is dated after today, up to {last}: if today is {today}, "
                "`drillbox log undo-future` takes them back; if not, set this "
                "computer's clock",
                "{n} entries are dated after today, up to {last}: if today is {today}, "
                "`drillbox log undo-future` takes them back; if not, set this "
                "computer's clock",
                len(late),
            )
            last, today = iso(max(e.day for e in late)), iso(self.today())
            self.notices.append(said.format(n=len(late), last=last, today=today))

    # -- copies

    def export(self, path: str) -> int:
        """Write every event as a JSON line, in fold order; "-" is standard output."""
        return exchange.write(path, self.events())

    def merge(self, path: str) -> int:
        """Take in the events of an export; returns how many were new.

        Raises HistoryError, `file:line: …`, and takes in none if a line is no event.
        """
        events = exchange.read(path)
        new = self._keeper.change(lambda db: exchange.merge(db, path, events))
        if new:
            self._keeper.second_copy()
            self._keeper.back_up()
        return new

    # -- reading

    def state(self, course: str, item: str) -> ItemState:
        """Where the learner stands with one item, by what is on disk now."""
        return self._keeper.run(lambda db: states.read(db, course, item))

    def schedule(self, course: str) -> dict[str, ItemState]:
        """The states of a course's items; only those that something happened to."""
        return self._keeper.run(lambda db: states.read_all(db, course))

    def states_of(self, course: str, names: Iterable[str]) -> dict[str, ItemState]:
        """The states of these items; only those that something happened to."""
        return self._keeper.run(lambda db: states.read_some(db, course, names))

    def answers(self, course: str) -> dict[str, int]:
        """How many answers each item has that something happened to."""
        return self._keeper.run(lambda db: states.read_answers(db, course))

    def day(self, course: str) -> states.Day:
        """What today's plan asks of the record; no state is walked."""
        self._count()
        today = self.today()
        return self._keeper.run(lambda db: states.read_day(db, course, today))

    def waiting(self, course: str, day: int) -> list[Wait]:
        """The items that are due by this study day and not suspended, live or not."""
        return self._keeper.run(lambda db: states.read_waiting(db, course, day))

    def kept(self, course: str, days: int = 0) -> counts.Kept:
        """What is kept of a course, as counts. days: from tomorrow on, for `ahead`."""
        self._count()
        today = self.today()
        return self._keeper.run(lambda db: counts.kept(db, course, today, days))

    def due(self) -> int:
        """How many items of all courses are due now, by the rule of `drillbox due`."""
        self._count()
        today = self.today()
        return self._keeper.run(lambda db: counts.total(db, today))

    def _count(self) -> None:
        if self.read(counts.behind):
            self._keeper.change(counts.mend)

    def read_drops(self, course: str) -> dict[str, int]:
        """Study day of the first reading, by drop id."""
        return self._keeper.run(lambda db: states.read_opened(db, course))

    def events(self, course: str | None = None) -> Iterator[Event]:
        """Every event, undone ones too, in the order of the fold."""
        where = "where (logical, id) > (?, ?) and (? is null or course = ?)"
        page = f"{where} order by logical, id limit {_PAGE}"
        last: tuple[int, str] = (-(2**62), "")
        while events := self._pick(page, *last, course, course):
            last = events[-1].order
            yield from events

    def courses(self) -> dict[str, int]:
        """How many events there are of each course that has any."""
        sql = "select course, count(*) from event group by course order by course"
        return self.read(lambda db: dict(db.execute(sql).fetchall()))

    def dump(self) -> list[tuple[object, ...]]:
        """The whole schedule as rows, to compare two to the bit."""
        return self._keeper.run(states.dump)

    def find(self, start: str) -> list[Event]:
        """The events whose id begins with `start`."""
        return self._pick("where substr(id, 1, ?) = ?", len(start), start)

    def newest(self, count: int) -> list[Event]:
        """The last `count` events in the order of the fold, newest first."""
        return self._pick(f"{_NEWEST} limit ?", count)

    def seconds(self, course: str) -> tuple[dict[str, float], dict[str, float]]:
        """Median seconds of this learner's answers, by item id and by kind of card."""

        def work(db: sqlite3.Connection) -> tuple[dict[str, float], dict[str, float]]:
            pace = self._pace.setdefault((course, self._keeper.age), Pace(course))
            return pace.medians(db, refold.aliases(db, course))

        return self._keeper.run(work)

    def spent(self, course: str) -> float:
        """Seconds that today's readings and answers took; practice does not count."""
        sql = (
            f"select coalesce(sum(min(duration_ms, {CAP_MS})), 0) from event {_BY_DAY} "
            "day = ? and course = ? and kind in ('answer', 'read') and not practice "
            f"and {STANDS}"
        )
        values = (self.today(), course)
        (ms,) = self.read(lambda db: db.execute(sql, values).fetchone())
        return float(ms) / 1000

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What `work` finds in the database; not for writing."""
        return self._keeper.run(work)

    def _pick(self, where: str, *values: object) -> list[Event]:
        return self._keeper.run(lambda db: list(store.events(db, where, values)))
