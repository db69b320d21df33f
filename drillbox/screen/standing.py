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
    """A line of the path: a phase's title, or a drop with its mark."""

    text: str
    drop: Drop | None = None
    mark: Mark = "later"


@dataclass(frozen=True)
class Standing:
    """Everything the home screen shows."""

    course: Course
    plan: Plan
    rows: tuple[Row, ...]
    streak: int

    @property
    def today(self) -> str:
        """Today's plan in one line."""
        entries = self.plan.entries
        reading = any(isinstance(entry, Reading) for entry in entries)
        cards = sum(isinstance(entry, Asking) for entry in entries)
        parts = ["a drop to read"] if reading else []
        parts += [f"{cards} card{'' if cards == 1 else 's'}"] if cards else []
        if not parts:
            return "Nothing waits today."
        minutes = max(1, round(self.plan.seconds / 60))
        return f"Today: {' and '.join(parts)}, about {minutes} minutes."

    @property
    def next_action(self) -> str:
        """The one thing to do now."""
        if self.plan.sitting:
            return f"e  the exercise {self.plan.exercise}: it has waited; today is its"
        if self.plan.entries:
            return "Enter  start today's session"
        if self.plan.exercise:
            return f"e  the exercise {self.plan.exercise}"
        return "p  practise the drop under the cursor; it moves no schedule"


def standing(course: Course, log: Log, plan: Plan) -> Standing:
    """Where the learner stands now."""
    read = log.read_drops(course.id)
    rows: list[Row] = []
    for number, phase in enumerate(course.head.phases, 1):
        rows.append(Row(f"{number}  {phase.title}"))
        for drop in course.drops:
            if drop.phase == number:
                rows.append(Row(drop.title, drop, _mark(drop, read, plan)))
    return Standing(course, plan, tuple(rows), streak(log))


def _mark(drop: Drop, read: dict[str, int], plan: Plan) -> Mark:
    if drop.number == plan.drop:
        return "today"
    return "done" if drop.id in read else "later"
