"""Where the learner stands, as the home screen shows it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Literal

from drillbox.domain.course import Course, Drop
from drillbox.domain.plan import Asking, Cause, Plan, Reading
from drillbox.domain.schedule import ItemState
from drillbox.history.counts import Kept, Part
from drillbox.history.log import Log
from drillbox.history.stats import streak
from drillbox.library.shelf import others
from drillbox.session.figures import WEEKDAYS
from drillbox.words import N_, _, ngettext

Mark = Literal["done", "today", "later"]
WEEK = 7
UNREAD = {"waiting": N_("waiting"), "open": N_("open")}  # how a drop is


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
            return _(UNREAD[self.name])
        if not self.due:
            return _("{share} mature").format(share=self.share)
        said = ngettext("{share} mature, {n} due", "{share} mature, {n} due", self.due)
        return said.format(share=self.share, n=self.due)

    def brief(self) -> str:
        """The same in a narrow window: "25%, 3 due"."""
        if self.name != "learning":
            return ""
        said = ngettext("{share}, {n} due", "{share}, {n} due", self.due)
        both = said.format(share=self.share, n=self.due)
        return both if self.due else self.share

    def briefest(self) -> str:
        """What the narrowest has room for: "3 due", or "25%" where nothing is."""
        due = ngettext("{n} due", "{n} due", self.due).format(n=self.due)
        return due if self.due else self.brief()

    @property
    def share(self) -> str:
        """Of its cards, those that are mature."""
        return f"{self.mature / self.items:.0%}"


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
        if not any(count for _day, count in self.ahead):
            return _("Ahead: nothing is due in the next seven days.")
        days = (f"{weekday(day)} {count}" for day, count in self.ahead)
        return _("Ahead: {days}").format(days="  ".join(days))

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
            exercise = _("Today is the exercise's.") if plan.sitting else ""
            return exercise or _("Nothing waits today.")
        minutes = max(1, round(plan.seconds / 60))
        said = _("Today, about {minutes} min: {parts}.")
        today = said.format(minutes=minutes, parts=self.entries())
        late = _("The next drop waits until fewer cards are due.")
        return f"{today} {late}" if plan.backlog else today

    def entries(self) -> str:
        """What the plan is made of, in the order in which it comes."""
        entries = self.plan.entries
        drops = [e.drop.number for e in entries if isinstance(e, Reading)]
        counts = Counter(_KINDS.get(e.cause) for e in entries if isinstance(e, Asking))
        n, m, back = counts["review"], counts["deeper"], counts["again"]
        parts = [_path(drops, counts["new"])] if drops or counts["new"] else []
        again = ngettext("{n} card once more", "{n} cards once more", back)
        parts += [again.format(n=back)] if back else []
        parts += [ngettext("{n} review", "{n} reviews", n).format(n=n)] if n else []
        deeper = ngettext("{n} deeper card", "{n} deeper cards", m).format(n=m)
        parts += [deeper] if m else []
        then = _("{first}, then {next}")
        return reduce(lambda one, two: then.format(first=one, next=two), parts or [""])

    @property
    def begun(self) -> bool:
        """Was a drop read? Until then nobody knows what a card is."""
        return any(row.learned.name == "learning" for row in self.rows)

    @property
    def next_action(self) -> str:
        """The one thing to do now; the first time also the way to a card at once."""
        if self.plan.sitting:
            waited = _("e  the exercise {name}, which has waited for days")
            return waited.format(name=self.plan.exercise)
        if self.plan.entries:
            start = _("⏎  start today's session")
            first = _("{start}  ·  p  try a card first, as practice")
            return start if self.begun else first.format(start=start)
        if self.plan.exercise:
            return _("e  the exercise {name}").format(name=self.plan.exercise)
        if self.plan.spare:
            return _("m  more cards, for whoever has time")
        return _("p  practise the drop under the cursor; it moves no schedule")


_KINDS: dict[Cause, str] = {
    **dict.fromkeys(("due", "changed", "brought"), "review"),
    "again": "again",
    "new": "new",
    "deepening": "deeper",
}


def weekday(day: int) -> str:
    """The name of a study day's weekday: Mon."""
    return _(WEEKDAYS[date.fromordinal(day).weekday()])


def _path(drops: Sequence[int], new: int) -> str:
    """What the path brings: drops to read, new cards, or both."""
    cards = ngettext("{n} new card", "{n} new cards", new).format(n=new)
    if not drops:
        return cards
    both = _("{one} and {other}")
    numbers = reduce(lambda a, b: both.format(one=a, other=b), map(str, drops))
    of = ngettext("drop {numbers}", "drop {numbers}", len(drops))
    read = of.format(numbers=numbers)
    return _("{drop} with {cards}").format(drop=read, cards=cards) if new else read


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
