"""The fold: from the log of events to what is due when.

Events are folded in one order, (logical time, id), so every device that has the same
events has the same schedule, to the bit. What an event did to another one is settled
first, whatever the order: an undone event does not exist, a graded answer has the
quality of its last grade, and a reset course begins after its last reset. Grades and
undos share the fate of their target, not of the course's resets.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    drills and practice too (the seed of the next variant). lapses: reviews below 3.
    brought: study day on which it is due for that day only. fingerprint: of the last
    graded answer.
    last_answer: study day of the last answer that was no practice; last_answer_quality
    is None while that answer waits for its grade.
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
    state: ItemState,
    day: int,
    quality: int | None,
    practice: bool = False,
    fingerprint: str | None = None,
) -> Role:
    """What a new answer on study day `day` would be for an item in `state`.

    "none": it has no quality yet. "drill": it leaves the schedule alone.
    """
    new = Row("", kinds.ANSWER, quality, practice, day, None, fingerprint)
    return advance(state, new)[1]


def fold(
    events: Iterable[Event],
    alias: Alias = {},  # noqa: B006
    watch: Callable[[Told], None] | None = None,
) -> Schedule:
    """The schedule that these events, in any order, lead to.

    alias: (course, old id) → live id, applied before folding. watch: told of every
    answer that exists.
    """
    ordered = sorted(events, key=attrgetter("order"))
    settled = settle(effect(event) for event in ordered if event.kind in SETTLING)
    groups: dict[Key, list[Row]] = {}
    for event in ordered:
        if event.order > settled.starts.get(event.course, BEFORE_ALL):
            item = alias.get((event.course, event.item), event.item)
            groups.setdefault((event.course, item), []).append(row(event))
    return replay(settled, groups.items(), alias, watch)


def advance(state: ItemState, new: Row) -> tuple[ItemState, Role]:
    """The state after one more event of this item, later than all before it.

    For answer, attempt, suspend and resume; others change nothing here.
    """
    told: list[Told] = []
    after, _ = _walk(("", ""), state, [new], _NOTHING, told.append)
    return after, told[0].role if told else "none"


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
    found = Schedule()
    brought: dict[Key, int] = {}
    for key, rows in groups:
        state, others = _walk(key, NEW, rows, settled, watch)
        if state != NEW:
            found.items[key] = state
        for row in others:
            _take(key, row, alias, found, brought)
    for key, day in brought.items():
        found.items[key] = replace(found.items.get(key, NEW), brought=day)
    return found


def _take(
    key: Key, row: Row, alias: Alias, found: Schedule, brought: dict[Key, int]
) -> None:
    """Take in a reading or a bring."""
    if row[1] == kinds.READ:
        found.read.setdefault(key, row[4])
    elif row[1] == kinds.BRING:
        for name in (row[5] or "").split("\n"):
            to = (key[0], alias.get((key[0], name), name))
            brought[to] = max(row[4], brought.get(to, row[4]))


def _walk(
    key: Key,
    state: ItemState,
    rows: Iterable[Row],
    settled: Settled,
    watch: Callable[[Told], None] | None,
) -> tuple[ItemState, list[Row]]:
    """Walk one item through its rows; also the rows that are not about its state.

    One long loop over plain names on purpose: it runs once for every answer ever
    given, and calls and attributes would cost 0.5 s in 300,000.
    """
    undone, grades, _ = settled
    sm2, due, last_review, last_quality, answers, reviews, lapses = _first_seven(state)
    suspended, learned = state.suspended, state.fingerprint
    last_answer, last_answer_quality = state.last_answer, state.last_answer_quality
    others: list[Row] = []
    for row in rows:
        ident, kind, quality, practice, day, detail, mark = row
        if ident in undone:
            continue
        if ident in grades:
            quality = grades[ident]
        if kind != _ANSWER and (
            kind != _ATTEMPT or detail not in _ENDS or quality is None
        ):
            if kind == kinds.SUSPEND or kind == kinds.RESUME:
                suspended = kind == kinds.SUSPEND
            else:
                others.append(row)
            continue
        given: Role = "drill"
        if quality is None:
            given = "none"
        elif practice:
            pass
        elif last_review is None or due is None:
            given = "learning" if quality < PASS else "review"
        elif day > last_review and (
            due <= day or quality < PASS or (mark and learned and mark != learned)
        ):
            given = "review"
        if watch:
            late = due is not None and due <= day
            watch(Told(ident, *key, day, given, late, quality))
        answers += 1
        if practice:  # draws another variant next time, and that is all
            continue
        last_answer, last_answer_quality = day, quality
        if quality is None:
            continue
        learned = mark or learned
        if given == "drill":
            continue
        if given == "review":
            sm2 = _review(sm2, quality)
            reviews += 1
            lapses += quality < PASS
        else:
            sm2 = _LEARNED
        due = day + sm2.interval
        last_review, last_quality = day, quality
    after = ItemState(
        sm2,
        due,
        last_review,
        last_quality,
        answers,
        reviews,
        lapses,
        suspended,
        state.brought,
        learned,
        last_answer,
        last_answer_quality,
    )
    return after, others


_ANSWER, _ATTEMPT = kinds.ANSWER, kinds.ATTEMPT
_NOTHING = Settled(frozenset(), {}, {})
_first_seven = attrgetter(
    "sm2", "due", "last_review", "last_quality", "answers", "reviews", "lapses"
)
