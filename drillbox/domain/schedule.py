"""The fold: from the log of events to what is due when.

Events are folded in one order, (logical time, id), so every device that has the same
events has the same schedule, to the bit. What an event did to another one is settled
first, whatever the order: an undone event does not exist, a graded answer has the
quality of its last grade, and a reset course begins after its last reset. Grades and
undos share the fate of their target, not of the course's resets.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from drillbox.domain import event as kinds
from drillbox.domain.event import Event
from drillbox.domain.sm2 import State, review

Role = Literal["learning", "review", "drill", "none"]
Key = tuple[str, str]  # (course, item)
Order = tuple[int, str]  # (logical, id)
Alias = Mapping[Key, str]  # (course, old id) → live id

PASS = 3  # a lower quality is a lapse
_ENDS = frozenset({"pass", "give-up"})  # attempts that count as answers
_UNSEEN = State()
_LEARNED = State(250, 0, 1)  # after a first answer below 3: SM-2 has not begun yet
_review = lru_cache(1 << 16)(review)  # few states are ever met: 0.3 s in 300,000 events


@dataclass(frozen=True, slots=True)
class ItemState:
    """Where a learner stands with one item.

    due: study day; None before the first graded answer. last_review: study day of the
    last review or learning, last_quality its quality. answers: all that are not undone,
    drills too (the seed of the next variant). lapses: reviews below 3. brought: study
    day on which it is due for that day only. fingerprint: of the last graded answer.
    last_answer: study day of the last answer of any kind; last_answer_quality is None
    while that answer waits for its grade.
    """

    sm2: State = _UNSEEN
    due: int | None = None
    last_review: int | None = None
    last_quality: int | None = None
    answers: int = 0
    reviews: int = 0
    lapses: int = 0
    suspended: bool = False
    brought: int | None = None
    fingerprint: str | None = None
    last_answer: int | None = None
    last_answer_quality: int | None = None


NEW = ItemState()


class Row(NamedTuple):
    """What the fold reads of an event, its item and its place in the order known.

    history/ keeps these as columns, so that a replay parses no JSON. detail: of an
    attempt its body.what; of a bring its items, one a line.
    """

    id: str
    kind: str
    quality: int | None
    practice: bool
    day: int
    detail: str | None
    fingerprint: str | None


def row(event: Event) -> Row:
    """The row of an event."""
    mark = event.body.get("fingerprint")
    return Row(
        event.id,
        event.kind,
        event.quality,
        event.practice,
        event.day,
        _detail(event),
        mark if isinstance(mark, str) else None,
    )


def _detail(event: Event) -> str | None:
    if event.kind == kinds.BRING:
        return "\n".join(event.body.get("items", ()))
    what = event.body.get("what") if event.kind == kinds.ATTEMPT else None
    return what if isinstance(what, str) else None


class Told(NamedTuple):
    """What the fold found an answer to be. due: the item was due when it was given."""

    id: str
    course: str
    item: str
    day: int
    role: Role
    due: bool
    quality: int | None


@dataclass(slots=True)
class Schedule:
    """The outcome of the fold.

    items: by (course, item), only items that something happened to. read: by (course,
    drop), the study day of its first reading.
    """

    items: dict[Key, ItemState] = field(default_factory=dict)
    read: dict[Key, int] = field(default_factory=dict)


def role(
    state: "ItemState | _Moving",
    day: int,
    quality: int | None,
    practice: bool = False,
    fingerprint: str | None = None,
) -> Role:
    """What a new answer on study day `day` would be for an item in `state`.

    "none": it has no quality yet. "drill": it leaves the schedule alone.
    """
    if quality is None:
        return "none"
    if practice:
        return "drill"
    if state.last_review is None:
        return "learning" if quality < PASS else "review"
    if day <= state.last_review:
        return "drill"
    due = state.due is not None and state.due <= day
    if due or quality < PASS or changed(state.fingerprint, fingerprint):
        return "review"
    return "drill"


def changed(learned: str | None, now: str | None) -> bool:
    """Is the answer another one than it was when the item was last answered?"""
    return bool(learned and now and learned != now)


def fold(events: Iterable[Event], alias: Alias = {}) -> Schedule:  # noqa: B006
    """The schedule that these events, in any order, lead to.

    alias: (course, old id) → live id, applied before folding.
    """
    ordered = sorted(events, key=attrgetter("order"))
    settled = settle(effect(event) for event in ordered if event.kind in SETTLING)
    groups: dict[Key, list[Row]] = {}
    for event in ordered:
        if event.order > settled.starts.get(event.course, BEFORE_ALL):
            item = alias.get((event.course, event.item), event.item)
            groups.setdefault((event.course, item), []).append(row(event))
    return replay(settled, groups.items(), alias)


def advance(state: ItemState, new: Row) -> tuple[ItemState, Role]:
    """The state after one more event of this item, later than all before it.

    For answer, attempt, suspend and resume; others change nothing here.
    """
    moving = _Moving(state)
    given = moving.apply(new, new.quality)
    return moving.freeze(), given or "none"


# -- what events do to other events


class Effect(NamedTuple):
    """What a grade, undo or reset says. Effects sort in the order of the fold."""

    logical: int
    id: str
    kind: str
    course: str
    target: str | None
    quality: int | None


class Settled(NamedTuple):
    """What effects come to, whatever the order of their targets.

    undone: ids. grades: by the id of the answer. starts: by course, the order of the
    last reset; what is before it does not exist.
    """

    undone: frozenset[str]
    grades: Mapping[str, int]
    starts: Mapping[str, Order]


SETTLING = frozenset({kinds.UNDO, kinds.GRADE, kinds.RESET})
BEFORE_ALL: Order = (-(2**63), "")


def effect(event: Event) -> Effect:
    """The effect of a grade, undo or reset."""
    return Effect(
        event.logical, event.id, event.kind, event.course, event.target, event.quality
    )


def settle(effects: Iterable[Effect]) -> Settled:
    """Settle effects, given in any order."""
    found = sorted(effects)
    # An undo of an undo finds nothing to take back: undos are never looked up here.
    undone = frozenset(e[4] for e in found if e[2] == kinds.UNDO and e[4])
    grades: dict[str, int] = {}
    starts: dict[str, Order] = {}
    for logical, ident, kind, course, target, quality in found:
        if ident in undone:
            continue
        if kind == kinds.GRADE and target and quality is not None:
            grades[target] = quality
        elif kind == kinds.RESET:
            starts[course] = (logical, ident)
    return Settled(undone, grades, starts)


# -- the replay


def replay(
    settled: Settled,
    groups: Iterable[tuple[Key, Iterable[Row]]],
    alias: Alias = {},  # noqa: B006
    watch: Callable[[Told], None] | None = None,
) -> Schedule:
    """Fold rows by item: of each the rows since the course's start, in fold order.

    watch: told of every answer that exists.
    """
    run = _Replay(settled, watch)
    for key, rows in groups:
        run.item(key, rows)
    for (course, name), day in run.brought.items():
        key = (course, alias.get((course, name), name))
        moving = run.moving.setdefault(key, _Moving(NEW))
        moving.brought = max(day, moving.brought or day)
    states = ((key, moving.freeze()) for key, moving in run.moving.items())
    return Schedule({k: state for k, state in states if state != NEW}, run.read)


class _Replay:
    """A replay on its way. Rows are unpacked: names would cost 0.2 s in 300,000."""

    def __init__(self, settled: Settled, watch: Callable[[Told], None] | None) -> None:
        self.settled = settled
        self.watch = watch
        self.moving: dict[Key, _Moving] = {}
        self.read: dict[Key, int] = {}
        self.brought: dict[Key, int] = {}

    def item(self, key: Key, rows: Iterable[Row]) -> None:
        (undone, grades, _), watch = self.settled, self.watch
        now = self.moving[key] = _Moving(NEW)
        for row in rows:
            ident, kind, quality, practice, day, _, fingerprint = row
            if ident in undone:
                continue
            graded = grades.get(ident, quality)
            if watch and kind in _MOVING:
                self.tell(key, row, now, graded)
            elif kind == kinds.ANSWER:
                now.answer(day, graded, practice, fingerprint)
            elif kind in _MOVING:
                now.apply(row, graded)
            else:
                self.other(key, row)

    def other(self, key: Key, row: Row) -> None:
        if row[1] == kinds.READ:
            self.read.setdefault(key, row[4])
        elif row[1] == kinds.BRING:
            for name in (row[5] or "").split("\n"):
                brought = (key[0], name)
                self.brought[brought] = max(row[4], self.brought.get(brought, row[4]))

    def tell(self, key: Key, row: Row, now: "_Moving", graded: int | None) -> None:
        due = now.due is not None and now.due <= row[4]
        given = now.apply(row, graded)
        if given and self.watch:
            self.watch(Told(row[0], *key, row[4], given, due, graded))


_MOVING = frozenset({kinds.ANSWER, kinds.ATTEMPT, kinds.SUSPEND, kinds.RESUME})


class _Moving:
    """An ItemState on its way through the fold.

    Freezing one for each event would cost 0.3 s in 300,000.
    """

    __slots__ = tuple(ItemState.__slots__)

    def __init__(self, state: ItemState) -> None:
        self.sm2 = state.sm2
        self.due = state.due
        self.last_review = state.last_review
        self.last_quality = state.last_quality
        self.answers = state.answers
        self.reviews = state.reviews
        self.lapses = state.lapses
        self.suspended = state.suspended
        self.brought = state.brought
        self.fingerprint = state.fingerprint
        self.last_answer = state.last_answer
        self.last_answer_quality = state.last_answer_quality

    def freeze(self) -> ItemState:
        return ItemState(*[getattr(self, name) for name in _FIELDS])

    def apply(self, row: Row, quality: int | None) -> Role | None:
        """Move on by one event; the role of an answer, None if it is not one."""
        _, kind, _, practice, day, detail, fingerprint = row
        if kind == kinds.ANSWER:
            return self.answer(day, quality, practice, fingerprint)
        if kind == kinds.ATTEMPT:
            if quality is None or detail not in _ENDS:
                return None
            return self.answer(day, quality, practice, fingerprint)
        if kind == kinds.SUSPEND:
            self.suspended = True
        elif kind == kinds.RESUME:
            self.suspended = False
        return None

    def answer(
        self, day: int, quality: int | None, practice: bool, fingerprint: str | None
    ) -> Role:
        given = role(self, day, quality, practice, fingerprint)
        self.answers += 1
        self.last_answer = day
        self.last_answer_quality = quality
        if quality is None:
            return given
        if given == "review" or given == "learning":
            self.sm2 = _LEARNED if given == "learning" else _review(self.sm2, quality)
            self.due = day + self.sm2.interval
            self.last_review = day
            self.last_quality = quality
            if given == "review":
                self.reviews += 1
                self.lapses += quality < PASS
        if fingerprint:
            self.fingerprint = fingerprint
        return given


_FIELDS = tuple(ItemState.__slots__)
