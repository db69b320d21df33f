"""Which items now, in what order, within the minutes there are.

The drop and its core cards are reserved first, due cards fill the rest (what is late,
lapses, then the most overdue), deepening cards take what is left. A backlog of more
than two and a half days' minutes keeps the next drop shut, so it slows the path and
never stops it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from drillbox.domain.course import Course, Drop, Item
from drillbox.domain.schedule import PASS, ItemState

DEFAULT_MINUTES = 5
BACKLOG_DAYS = 2.5
LATE_DAYS = 4  # a card due for so long comes before lapses; else some wait a week
EXERCISE_PATIENCE_DAYS = 3
PASSED = 4  # answered below this, a card comes again on the same study day
WORDS_PER_MINUTE = 200
# What an item takes of the day, in times of one answer: a new one is read for the first
# time, and a miss is explained and comes again. `make simulate` shows what they hold.
NEW_TIMES, SEEN_TIMES = 1.3, 1.3
EARLY_TIMES = 2.0  # beside that: a deepening card on the path, whose reviews come soon

Cause = Literal["new", "again", "due", "changed", "brought", "deepening", "practice"]


@dataclass(frozen=True)
class Reading:
    """Read a drop."""

    drop: Drop


@dataclass(frozen=True)
class Asking:
    """Ask an item, and why today."""

    item: Item
    cause: Cause


Entry = Reading | Asking


@dataclass(frozen=True)
class Progress:
    """Where a learner stands.

    states: by item id, exercises too. read: drop id → study day. fingerprints: of the
    items as they are now. seconds: what an item takes this learner. spent: seconds
    that earlier sessions of this study day took.
    """

    states: Mapping[str, ItemState]
    read: Mapping[str, int]
    fingerprints: Mapping[str, str]
    seconds: Callable[[Item], float]
    spent: float = 0.0

    def state(self, item: str) -> ItemState:
        """The state of an item, also of one never seen."""
        return self.states.get(item) or ItemState()


@dataclass(frozen=True)
class Plan:
    """Today: `entries` fit into `minutes`; `spare` waits, in the order it would come.

    drop: the number of the drop the path stands at. backlog: True if due cards keep
    the next drop shut. due: how many cards wait beyond the minutes; oldest: days
    the longest of them has waited. exercise: the one next action after the session.
    sitting: that exercise has waited so long that the session is its; the cards are
    spare then.
    """

    minutes: int
    entries: tuple[Entry, ...]
    spare: tuple[Entry, ...] = ()
    seconds: float = 0.0
    drop: int | None = None
    backlog: bool = False
    due: int = 0
    oldest: int = 0
    exercise: str | None = None
    sitting: bool = False


def reading_seconds(drop: Drop) -> float:
    """What reading a drop takes, in seconds."""
    return 60.0 * len(drop.reading.split()) / WORDS_PER_MINUTE


def make(
    course: Course,
    progress: Progress,
    today: int,
    minutes: int | None = None,
    everything: bool = False,
) -> Plan:
    """The plan of the study day `today`. everything: no drop waits for its day."""
    path = _Path(course, progress, today)
    length = minutes or path.minutes()
    due = path.due()
    waiting_seconds = sum(progress.seconds(entry.item) for entry in due)
    crowded = waiting_seconds > BACKLOG_DAYS * length * 60 and not everything
    backlog = crowded and path.next_opens()
    first = list(path.reserved(shut=backlog, everything=everything))
    on_path = path.position() is not None and not everything
    deepening = list(path.deepening(first))
    plan = _fill(first, due, deepening, progress, length, on_path)
    waits = {_key(ask) for ask in due}  # 20,000 in a list: 30 s
    late = [e for e in plan.spare if isinstance(e, Asking) and _key(e) in waits]
    exercise = path.exercise()
    sitting = exercise is not None and path.overdue(exercise) >= EXERCISE_PATIENCE_DAYS
    return Plan(
        minutes=length,
        entries=() if sitting else plan.entries,
        spare=(*plan.entries, *plan.spare) if sitting else plan.spare,
        seconds=0.0 if sitting else plan.seconds,
        drop=path.position(),
        backlog=backlog,
        due=len(late),
        oldest=max((path.overdue(entry.item.id) for entry in late), default=0),
        exercise=exercise,
        sitting=sitting,
    )


def _key(ask: Asking) -> tuple[str, Cause]:
    return ask.item.id, ask.cause


def practice(drop: Drop) -> Plan:
    """Every card of one drop, outside the schedule."""
    return Plan(0, tuple(Asking(item, "practice") for item in drop.items))


@dataclass
class _Path:
    course: Course
    progress: Progress
    today: int
    groups: set[str] = field(default_factory=set)
    first_met: set[str] = field(default_factory=set)  # cards, today

    def __post_init__(self) -> None:
        for item in self.course.items.values():
            state = self.progress.state(item.id)
            if state.last_answer == self.today and item.group:
                self.groups.add(item.group)
            if state.last_review == self.today and state.reviews <= 1:
                self.first_met.add(item.card.id)

    def new(self, item: Item) -> bool:
        state = self.progress.state(item.id)
        return state.due is None and not state.suspended

    def comes_as_new(self, item: Item) -> bool:
        """A new card that was brought today comes as brought, once."""
        return self.new(item) and self.progress.state(item.id).brought != self.today

    def is_read(self, drop: Drop) -> bool:
        return drop.id in self.progress.read

    def done(self, drop: Drop) -> bool:
        return self.is_read(drop) and not any(self.new(item) for item in drop.core)

    def position(self) -> int | None:
        return next((d.number for d in self.course.drops if not self.done(d)), None)

    def minutes(self) -> int:
        number = self.position()
        return DEFAULT_MINUTES if number is None else self.course.drop(number).minutes

    def opens(self, k: int) -> bool:
        if k == 0:
            return True
        before = self.course.drops[k - 1]
        return self.done(before) and self.progress.read[before.id] < self.today

    def next_opens(self) -> bool:
        """Could the next drop be read today?"""
        unread = (k for k, d in enumerate(self.course.drops) if not self.is_read(d))
        k = next(unread, None)
        return k is not None and self.opens(k)

    def reserved(self, shut: bool, everything: bool) -> Iterator[Entry]:
        for k, drop in enumerate(self.course.drops):
            if not self.is_read(drop):
                if not everything and (shut or not self.opens(k)):
                    return
                yield Reading(drop)
            yield from self.ask((i for i in drop.core if self.comes_as_new(i)), "new")

    def ask(self, items: Iterator[Item], cause: Cause) -> Iterator[Asking]:
        for item in items:
            apart = self.new(item) and item.card.contrast in self.first_met
            if not apart and (item.group is None or item.group not in self.groups):
                self.groups.update([item.group] if item.group else [])
                self.first_met.update([item.card.id] if self.new(item) else [])
                yield Asking(item, cause)

    def overdue(self, item: str) -> int:
        due = self.progress.state(item).due
        return max(0, self.today - due) if due is not None else 0

    def due(self) -> list[Asking]:
        found = [
            (self.rank(item, cause), item, cause)
            for item in self.course.items.values()
            if (cause := self.cause(item)) is not None
        ]
        found.sort(key=lambda entry: entry[0])
        asks = (ask for _, item, cause in found for ask in self.asked(item, cause))
        return side_by_side(list(asks))

    def asked(self, item: Item, cause: Cause) -> Iterator[Asking]:
        if cause == "again":  # it has met its group today already
            yield Asking(item, cause)
        else:
            yield from self.ask(iter([item]), cause)

    def rank(self, item: Item, cause: Cause) -> tuple[bool, bool, bool, int]:
        quality = self.progress.state(item.id).last_quality
        lapsed = quality is not None and quality < PASS
        days = self.overdue(item.id)
        return (cause != "again", days < LATE_DAYS, not lapsed, -days)

    def cause(self, item: Item) -> Cause | None:
        state = self.progress.state(item.id)
        if state.suspended or (state.due is None and state.brought != self.today):
            return None
        if state.due is not None and state.due <= self.today:
            return "due"  # also if it was only practised today
        if state.last_answer == self.today:
            again = (state.last_answer_quality or 0) < PASSED
            return "again" if again else None
        if state.fingerprint and state.fingerprint != self.progress.fingerprints.get(
            item.id, state.fingerprint
        ):
            return "changed"
        return "brought" if state.brought == self.today else None

    def deepening(self, first: Sequence[Entry]) -> Iterator[Entry]:
        reading = {entry.drop.id for entry in first if isinstance(entry, Reading)}
        for drop in self.course.drops:
            if self.is_read(drop) or drop.id in reading:
                fresh = (i for i in drop.items if not i.core and self.comes_as_new(i))
                yield from self.ask(fresh, "deepening")

    def exercise(self) -> str | None:
        open_ones = [
            name
            for drop in self.course.drops
            if self.is_read(drop)
            for name in drop.exercises
            if self.waits(name)
        ]
        return max(open_ones, key=self.overdue, default=None)

    def waits(self, name: str) -> bool:
        state = self.progress.state(name)
        return not state.suspended and (state.due is None or state.due <= self.today)


def side_by_side(asks: Sequence[Asking]) -> list[Asking]:
    """The same, each due card followed by its twin (`contrast`) where that is due too,
    so that the learner has to tell one from the other."""
    due = {ask.item.card.id: ask for ask in asks if ask.cause == "due"}
    order: dict[str, Asking] = {}
    for ask in asks:
        order.setdefault(ask.item.id, ask)
        twin = due.get(ask.item.card.contrast or "")
        if twin is not None and ask.cause == "due":
            order.setdefault(twin.item.id, twin)
    return list(order.values())


def _fill(
    first: list[Entry],
    due: list[Asking],
    deepening: list[Entry],
    progress: Progress,
    minutes: int,
    on_path: bool,
) -> Plan:
    """Take what fits, in order; a drop's cards never come before its reading."""
    left = minutes * 60.0
    taken: list[Entry] = []
    spare: list[Entry] = []
    shut: set[int] = set()
    for entry in [*first, *due, *deepening]:
        cost = _seconds(entry, progress, on_path)
        number = entry.drop.number if isinstance(entry, Reading) else entry.item.drop
        if _fits(entry, cost, left, progress.spent, bool(taken)) and number not in shut:
            taken.append(entry)
            left -= cost
            continue
        spare.append(entry)
        if isinstance(entry, Reading):
            shut.add(number)
    return Plan(minutes, tuple(taken), tuple(spare), minutes * 60.0 - left)


def _fits(entry: Entry, cost: float, left: float, spent: float, taken: bool) -> bool:
    """Is there room? The first entry may be longer than the day; a deepening card gets
    only minutes that no earlier session of the day has taken."""
    if spent and isinstance(entry, Asking) and entry.cause == "deepening":
        return cost <= left - spent
    return cost <= left or not taken


def _seconds(entry: Entry, progress: Progress, on_path: bool) -> float:
    if isinstance(entry, Reading):
        return reading_seconds(entry.drop)
    times = NEW_TIMES if progress.state(entry.item.id).answers == 0 else SEEN_TIMES
    if on_path and entry.cause == "deepening":
        times += EARLY_TIMES
    return progress.seconds(entry.item) * times
