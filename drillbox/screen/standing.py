"""Where the learner stands, as the home screen shows it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from drillbox.domain.course import Course, Drop
from drillbox.domain.plan import Asking, Cause, Plan, Reading
from drillbox.domain.schedule import ItemState
from drillbox.history.counts import Kept, Part
from drillbox.history.log import Log
from drillbox.history.stats import streak
from drillbox.library.shelf import others
from drillbox.session.figures import day_of, some

Mark = Literal["done", "today", "later"]
WEEK = 7


@dataclass(frozen=True)
class Learned:
    """How far a drop is. items: all of its cards; mature: those whose interval is three
    weeks or more; due: cards and exercises that wait now. name: waiting until the
    path comes to it, open to be read today, or learning."""

    name: Literal["waiting", "open", "learning"] = "waiting"
    items: int = 0
    mature: int = 0
    due: int = 0

    def words(self) -> str:
        """The state: "25% mature, 3 due"."""
        if self.name != "learning":
            return self.name
        share = f"{self.mature / self.items:.0%} mature"
        return f"{share}, {self.due} due" if self.due else share

    def brief(self) -> str:
        """The same in a narrow window: "25%, 3 due"."""
        return "" if self.name != "learning" else self.words().replace(" mature", "")

    def briefest(self) -> str:
        """What the narrowest has room for: "3 due", or "25%" where nothing is."""
        return f"{self.due} due" if self.due else self.brief()


@dataclass(frozen=True)
class Row:
    """A line of the path: a phase with what it leads to, or a drop with its mark."""

    text: str
    drop: Drop | None = None
    mark: Mark = "later"
    outcome: str = ""
    learned: Learned = Learned()


@dataclass(frozen=True)
class Standing:
    """Everything the home screen shows.

    day: the study day it holds for. notices: what the record has to say of itself.
    solved: exercises that do not wait: solved or given up, and not back yet.
    ahead: (study day, items of this course coming due) for the next seven days.
    due: items of all courses that are due now. others: are there other courses to
    choose? undoable: was something done today that can be taken back?
    """

    course: Course
    plan: Plan
    rows: tuple[Row, ...]
    streak: int
    day: int
    notices: tuple[str, ...] = ()
    solved: frozenset[str] = frozenset()
    ahead: tuple[tuple[int, int], ...] = ()
    others: bool = False
    due: int = 0
    undoable: bool = False

    @property
    def week(self) -> str:
        """The week ahead in one line."""
        if not any(count for _, count in self.ahead):
            return "Ahead: nothing is due in the next seven days."
        days = (f"{day_of(day)[:3]} {count}" for day, count in self.ahead)
        return f"Ahead: {'  '.join(days)}"

    @property
    def title(self) -> str:
        """The course's title, with its icon."""
        head = self.course.head
        return f"{head.icon} {head.title}" if head.icon else head.title

    @property
    def today(self) -> str:
        """Today's plan in one line."""
        plan = self.plan
        if not plan.entries:
            exercise = "Today is the exercise's." if plan.sitting else ""
            return exercise or "Nothing waits today."
        minutes = max(1, round(plan.seconds / 60))
        late = " The next drop waits until fewer cards are due." if plan.backlog else ""
        return f"Today, about {minutes} min: {self.entries()}.{late}"

    def entries(self) -> str:
        """What the plan is made of, in the order in which it comes."""
        entries = self.plan.entries
        drops = [str(e.drop.number) for e in entries if isinstance(e, Reading)]
        counts = Counter(_KINDS.get(e.cause) for e in entries if isinstance(e, Asking))
        path = [f"drop {' and '.join(drops)}"] if drops else []
        path += [some(counts["new card"], "new card")] if counts["new card"] else []
        parts = [" with ".join(path)] if path else []
        parts += [some(counts[k], k) for k in ("review", "deeper card") if counts[k]]
        return ", then ".join(parts)

    @property
    def begun(self) -> bool:
        """Was a drop read? Until then nobody knows what a card is."""
        return any(row.learned.name == "learning" for row in self.rows)

    @property
    def next_action(self) -> str:
        """The one thing to do now; the first time also the way to a card at once."""
        if self.plan.sitting:
            return f"e  the exercise {self.plan.exercise}, which has waited for days"
        if self.plan.entries:
            try_one = "" if self.begun else "  ·  p  try a card first, as practice"
            return f"⏎  start today's session{try_one}"
        if self.plan.exercise:
            return f"e  the exercise {self.plan.exercise}"
        if self.plan.spare:
            return "m  more cards, for whoever has time"
        return "p  practise the drop under the cursor; it moves no schedule"


_KINDS: dict[Cause, str] = {
    **dict.fromkeys(("due", "changed", "brought", "again"), "review"),
    "new": "new card",
    "deepening": "deeper card",
}


def standing(course: Course, log: Log, plan: Plan) -> Standing:
    """Where the learner stands now; adds up what is kept, walks no states of cards."""
    today, read = log.today(), log.read_drops(course.id)
    kept = log.kept(course.id, WEEK)
    solving = log.states_of(course.id, course.exercises)
    late = {name for name, state in solving.items() if _waits(state, today)}
    rows: list[Row] = []
    for number, phase in enumerate(course.head.phases, 1):
        rows.append(Row(phase.title, outcome=phase.outcome))
        for drop in course.drops:
            if drop.phase == number:
                mark = _mark(drop, read, plan)
                learned = _learned(drop, read, plan, kept, late)
                rows.append(Row(drop.title, drop, mark, learned=learned))
    back = {name: state.due for name, state in solving.items()}
    return Standing(
        course,
        plan,
        tuple(rows),
        streak(log),
        today,
        tuple(log.notices),
        frozenset(name for name, day in back.items() if day and day > today),
        tuple((today + k, kept.ahead.get(today + k, 0)) for k in range(1, WEEK + 1)),
        others(course.directory),
        log.due(),
        log.undoable(()) is not None,
    )


def _waits(state: ItemState, today: int) -> bool:
    return state.due is not None and state.due <= today and not state.suspended


def _learned(
    drop: Drop,
    read: Mapping[str, int],
    plan: Plan,
    kept: Kept,
    late: Collection[str],
) -> Learned:
    return Learned(
        "learning" if drop.id in read else "open" if _opens(drop, plan) else "waiting",
        len(drop.items),
        kept.parts.get(drop.id, Part(0, 0)).mature,
        kept.due.get(drop.id, 0) + sum(name in late for name in drop.exercises),
    )


def _opens(drop: Drop, plan: Plan) -> bool:
    """May it be read today?"""
    return drop.number in plan.opens


def _mark(drop: Drop, read: Mapping[str, int], plan: Plan) -> Mark:
    if drop.number == plan.drop and (drop.id in read or _opens(drop, plan)):
        return "today"
    return "done" if drop.id in read else "later"
