"""Where the learner stands, as the home screen shows it."""

from dataclasses import dataclass
from typing import Literal

from drillbox.domain.course import Course, Drop
from drillbox.domain.plan import Asking, Plan, Reading
from drillbox.history.log import Log
from drillbox.history.stats import streak

Mark = Literal["done", "today", "later"]


@dataclass(frozen=True)
class Row:
    """A line of the path: a phase with what it leads to, or a drop with its mark."""

    text: str
    drop: Drop | None = None
    mark: Mark = "later"
    outcome: str = ""


@dataclass(frozen=True)
class Standing:
    """Everything the home screen shows.

    day: the study day it holds for. notices: what the record has to say of itself.
    solved: exercises that do not wait: solved or given up, and not back yet.
    """

    course: Course
    plan: Plan
    rows: tuple[Row, ...]
    streak: int
    day: int
    notices: tuple[str, ...] = ()
    solved: frozenset[str] = frozenset()

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
        about = f"about {minutes} minute{'' if minutes == 1 else 's'}"
        late = " The next drop waits until fewer cards are due." if plan.backlog else ""
        return f"Today: {self.entries()}, {about}.{late}"

    def entries(self) -> str:
        """What the plan is made of."""
        entries = self.plan.entries
        reading = any(isinstance(entry, Reading) for entry in entries)
        cards = sum(isinstance(entry, Asking) for entry in entries)
        parts = ["a drop to read"] if reading else []
        parts += [f"{cards} card{'' if cards == 1 else 's'}"] if cards else []
        return " and ".join(parts)

    @property
    def next_action(self) -> str:
        """The one thing to do now."""
        if self.plan.sitting:
            return f"e  the exercise {self.plan.exercise}, which has waited for days"
        if self.plan.entries:
            return "⏎  start today's session"
        if self.plan.exercise:
            return f"e  the exercise {self.plan.exercise}"
        if self.plan.spare:
            return "m  more cards, for whoever has time"
        return "p  practise the drop under the cursor; it moves no schedule"


def standing(course: Course, log: Log, plan: Plan) -> Standing:
    """Where the learner stands now."""
    read = log.read_drops(course.id)
    rows: list[Row] = []
    for number, phase in enumerate(course.head.phases, 1):
        rows.append(Row(phase.title, outcome=phase.outcome))
        for drop in course.drops:
            if drop.phase == number:
                rows.append(Row(drop.title, drop, _mark(drop, read, plan)))
    today, notices = log.today(), tuple(log.notices)
    states = log.schedule(course.id)
    due = {name: states[name].due for name in course.exercises if name in states}
    solved = frozenset(name for name, day in due.items() if day and day > today)
    return Standing(course, plan, tuple(rows), streak(log), today, notices, solved)


def _mark(drop: Drop, read: dict[str, int], plan: Plan) -> Mark:
    opened = drop.id in read or any(
        isinstance(entry, Reading) and entry.drop is drop
        for entry in (*plan.entries, *plan.spare)
    )
    if drop.number == plan.drop and opened:
        return "today"
    return "done" if drop.id in read else "later"
