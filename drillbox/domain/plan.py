"""Which items now, in what order, within the minutes there are.

The drop and its core cards are reserved first, due cards fill the rest (what is late,
lapses, then the most overdue), deepening cards take what is left. A backlog of more
than two and a half days' minutes keeps the next drop shut, so it slows the path and
never stops it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from drillbox.domain.backlog import Lazy, Wait, in_order
from drillbox.domain.course import Course, Drop, Item
from drillbox.domain.schedule import NEW, ItemState

DEFAULT_MINUTES = 5
BACKLOG_DAYS = 2.5
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
    items as they are now. seconds: what an item takes this learner, `least` at least.
    spent: seconds that earlier sessions of this study day took.

    Of a long record the states need not be walked. waiting: every item that is due by
    its day and not suspended. touched: all that may come for another reason: answered
    or brought today, changed. met: by drop id, how many of its items are not new.
    """

    states: Mapping[str, ItemState]
    read: Mapping[str, int]
    fingerprints: Mapping[str, str]
    seconds: Callable[[Item], float]
    spent: float = 0.0
    least: float = 0.0
    waiting: Collection[Wait] | None = None
    touched: Collection[str] | None = None
    met: Mapping[str, int] = field(default_factory=dict)

    def state(self, item: str) -> ItemState:
        """The state of an item, also of one never seen."""
        return self.states.get(item) or NEW

    def waits(self, today: int) -> Collection[Wait]:
        """The items that are due by their day and not suspended, in any order."""
        if self.waiting is not None:
            return self.waiting
        return [
            Wait(item, state.due, state.last_quality)
            for item, state in self.states.items()
            if state.due is not None and state.due <= today and not state.suspended
        ]


@dataclass(frozen=True)
class Plan:
    """Today: `entries` fit into `minutes`; `spare` waits, in the order it would come.

    drop: the number of the drop the path stands at; opens: of those that may be read
    today. backlog: True if due cards keep the next drop shut. exercise: the one next
    action after the session. sitting: that exercise has waited so long that the
    session is its; the cards are spare then.
    """

    minutes: int
    entries: tuple[Entry, ...]
    spare: Sequence[Entry] = ()
    seconds: float = 0.0
    drop: int | None = None
    opens: frozenset[int] = frozenset()
    backlog: bool = False
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
    due = path.late
    waiting = (progress.seconds(entry.item) for entry in due)
    crowded = not everything and _more_than(BACKLOG_DAYS * length * 60, waiting)
    backlog = crowded and path.next_opens()
    first = list(path.reserved(shut=backlog, everything=everything))
    on_path = path.position() is not None and not everything
    deepening = list(path.deepening(first))
    plan = _fill(first, due, deepening, progress, length, on_path)
    exercise = path.exercise()
    sitting = exercise is not None and path.overdue(exercise) >= EXERCISE_PATIENCE_DAYS
    if sitting:
        spare = Lazy(chain(plan.entries, plan.spare))
        plan = replace(plan, entries=(), spare=spare, seconds=0.0)
    return replace(
        plan,
        drop=path.position(),
        opens=frozenset(e.drop.number for e in first if isinstance(e, Reading)),
        backlog=backlog,
        exercise=exercise,
        sitting=sitting,
    )


def _more_than(limit: float, seconds: Iterable[float]) -> bool:
    """Is the sum larger? Adds no more than it takes to know."""
    total = 0.0
    for one in seconds:
        total += one
        if total > limit:
            return True
    return False


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
        for item in self.touched():
            state = self.progress.state(item.id)
            if state.last_answer == self.today and item.group:
                self.groups.add(item.group)
            if state.last_review == self.today and state.reviews <= 1:
                self.first_met.add(item.card.id)
        self.late = Lazy(self.due())

    def touched(self) -> Iterator[Item]:
        names = self.progress.touched
        for name in self.progress.states if names is None else names:
            if name in self.course.items:
                yield self.course.items[name]

    def whole(self, drop: Drop) -> bool:
        """Is none of its cards new? By what is counted, without a look at them."""
        return self.progress.met.get(drop.id) == len(drop.items)

    def new(self, item: Item) -> bool:
        state = self.progress.state(item.id)
        return state.due is None and not state.suspended

    def comes_as_new(self, item: Item) -> bool:
        """A new card that was brought today comes as brought, once."""
        return self.new(item) and self.progress.state(item.id).brought != self.today

    def is_read(self, drop: Drop) -> bool:
        return drop.id in self.progress.read

    def done(self, drop: Drop) -> bool:
        if not self.is_read(drop):
            return False
        return self.whole(drop) or not any(self.new(item) for item in drop.core)

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
            yield from self.ask(self.fresh(drop, drop.core), "new")

    def fresh(self, drop: Drop, items: Iterable[Item]) -> Iterator[Item]:
        """The new cards of a drop; all that is due has its groups before them."""
        for item in () if self.whole(drop) else items:
            if self.comes_as_new(item):
                len(self.late)
                yield item

    def ask(self, items: Iterable[Item], cause: Cause) -> Iterator[Asking]:
        for item in items:
            new, group = cause != "due" and self.new(item), item.group
            apart = new and item.card.contrast in self.first_met
            if not apart and (group is None or group not in self.groups):
                self.groups.update([group] if group else [])
                self.first_met.update([item.card.id] if new else [])
                yield Asking(item, cause)

    def overdue(self, item: str) -> int:
        due = self.progress.state(item).due
        return max(0, self.today - due) if due is not None else 0

    def due(self) -> Iterator[Asking]:
        causes = {
            item.id: cause for item in self.touched() if (cause := self.cause(item))
        }
        again = [name for name, cause in causes.items() if cause == "again"]
        odd = [n for n, cause in causes.items() if cause in ("changed", "brought")]
        late = (w for w in self.progress.waits(self.today) if w[0] in self.course.items)
        asks = (
            ask
            for waits in (map(self.now, again), chain(late, map(self.now, odd)))
            for name in in_order(waits, self.today, self.course.places.__getitem__)
            for ask in self.asked(self.course.items[name], causes.get(name, "due"))
        )
        return side_by_side(asks)

    def now(self, name: str) -> Wait:
        """What comes today though its day has not come."""
        return Wait(name, self.today, self.progress.state(name).last_quality)

    def asked(self, item: Item, cause: Cause) -> Iterable[Asking]:
        if cause == "again":  # it has met its group today already
            return [Asking(item, cause)]
        return self.ask([item], cause)

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
                deeper = (item for item in drop.items if not item.core)
                yield from self.ask(self.fresh(drop, deeper), "deepening")

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


def side_by_side(asks: Iterator[Asking]) -> Iterator[Asking]:
    """The same, each due card followed by its twin (`contrast`) where that is due too,
    so that the learner has to tell one from the other."""
    given: set[str] = set()
    for ask in asks:
        if ask.cause == "due" and ask.item.card.contrast:
            yield from _with_twins([ask, *asks], given)
            return
        given.add(ask.item.id)
        yield ask


def _with_twins(asks: Sequence[Asking], given: set[str]) -> Iterator[Asking]:
    due = {ask.item.card.id: ask for ask in asks if ask.cause == "due"}
    for ask in asks:
        twin = due.get(ask.item.card.contrast or "") if ask.cause == "due" else None
        for one in (ask, twin):
            if one is not None and one.item.id not in given:
                given.add(one.item.id)
                yield one


def _fill(
    first: Sequence[Entry],
    due: Sequence[Asking],
    deepening: Sequence[Entry],
    progress: Progress,
    minutes: int,
    on_path: bool,
) -> Plan:
    """Take what fits, in order; a drop's cards never come before its reading."""
    left, least = minutes * 60.0, progress.least * min(NEW_TIMES, SEEN_TIMES)
    taken: list[Entry] = []
    spare: list[Entry] = []
    shut: set[int] = set()
    cards = chain(due, deepening)
    for entry in chain(first, cards):
        cost = _seconds(entry, progress, on_path)
        number = entry.drop.number if isinstance(entry, Reading) else entry.item.drop
        if _fits(entry, cost, left, progress.spent, bool(taken)) and number not in shut:
            taken.append(entry)
            left -= cost
            continue
        spare.append(entry)
        if isinstance(entry, Reading):
            shut.add(number)
        elif taken and left < least and len(taken) + len(spare) >= len(first):
            break  # nothing that comes fits any more
    rest = Lazy(chain(spare, cards))
    return Plan(minutes, tuple(taken), rest, minutes * 60.0 - left)


def _fits(entry: Entry, cost: float, left: float, spent: float, taken: bool) -> bool:
    """Is there room? The first entry may be longer than the day; a deepening card gets
    only minutes that no earlier session of the day has taken."""
    if spent and isinstance(entry, Asking) and entry.cause == "deepening":
        return cost <= left - spent
    return cost <= left or not taken


def _seconds(entry: Entry, progress: Progress, on_path: bool) -> float:
    if isinstance(entry, Reading):
        return reading_seconds(entry.drop)
    seen = entry.cause == "due" or progress.state(entry.item.id).answers
    times = SEEN_TIMES if seen else NEW_TIMES
    if on_path and entry.cause == "deepening":
        times += EARLY_TIMES
    return progress.seconds(entry.item) * times
