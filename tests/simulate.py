"""What the path asks of a learner, day by day, with the real planner and the real fold.

`python tests/simulate.py` prints it; tests/domain/test_simulation.py holds the bounds.
The learner is made up: FSRS-6 with its default parameters is their memory (the package
fsrs; Ye et al. 2022), or, harsher, a forgetting curve exp(−t / s) that begins at four
days. Seconds are given, not measured: 38 a new card, 22 a review, 25 more for a miss,
150 a reading. Exercises and runs are sittings of their own and take no minutes here.
"""

import argparse
import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Protocol

import fsrs

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

from drillbox.domain import event, plan, schedule  # noqa: E402
from drillbox.domain.card import seconds_of  # noqa: E402
from drillbox.domain.course import Course, Drop, Item  # noqa: E402
from drillbox.domain.fingerprint import fingerprint  # noqa: E402
from drillbox.library.load import load_course  # noqa: E402

CONTENT = HERE.parent / "content" / "dpo"
NEW_S, REVIEW_S, MISS_S, READING_S = 38.0, 22.0, 25.0, 150.0
FIRST_SIGHT = 0.7
RIGHT, WRONG = 4, 1  # qualities that an answer earns by itself (DESIGN, 5)
DAYS = 300
PATH_DAYS = 14
IN_TIME = 0.9  # share of learners: a backlog may cost the others a day or two
LEARNERS, FULL = 40, 17  # FULL: cards a drop
LATE = range(24, 31)  # whose reviews are counted
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)


class Memory(Protocol):
    """How surely an item is recalled on a day, and what an answer does to that."""

    def recall(self, item: str, day: int) -> float: ...
    def answered(self, item: str, day: int, right: bool) -> None: ...


class Fsrs:
    """FSRS-6, default parameters, days as its only steps."""

    def __init__(self) -> None:
        self.scheduler = fsrs.Scheduler(
            learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        self.cards: dict[str, fsrs.Card] = {}

    def recall(self, item: str, day: int) -> float:
        when = BEGINS + timedelta(days=day)
        return float(self.scheduler.get_card_retrievability(self.cards[item], when))

    def answered(self, item: str, day: int, right: bool) -> None:
        card = self.cards.get(item) or fsrs.Card(card_id=len(self.cards))
        rating = fsrs.Rating.Good if right else fsrs.Rating.Again
        when = BEGINS + timedelta(days=day)
        self.cards[item] = self.scheduler.review_card(card, rating, when)[0]


class Harsh:
    """exp(−t / s): s is 4 days at first and after a miss, × 2.3 by a later success."""

    FIRST_DAYS, GROWTH = 4.0, 2.3

    def __init__(self) -> None:
        self.strength: dict[str, tuple[int, float]] = {}

    def recall(self, item: str, day: int) -> float:
        last, days = self.strength[item]
        return math.exp(-(day - last) / days)

    def answered(self, item: str, day: int, right: bool) -> None:
        last, days = self.strength.get(item, (day, self.FIRST_DAYS))
        grown = days * self.GROWTH if right and day > last else days
        self.strength[item] = (day, grown if right else self.FIRST_DAYS)


@dataclass
class Day:
    """What one study day came to. late: days the longest due card waits after it.

    drops_left: not read, or with a core card never answered. unseen: items never met.
    """

    number: int
    seconds: float = 0.0
    read: int | None = None
    new: int = 0
    reviews: int = 0
    right: int = 0
    again: int = 0
    late: int = 0
    drops_left: int = 0
    unseen: int = 0


@dataclass
class Learner:
    """A learner and their log, folded as it grows. durations: as the log's medians."""

    course: Course
    memory: Memory
    random: Random
    states: dict[str, schedule.ItemState] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    by_item: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    by_kind: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        items = self.course.items.values()
        self.fingerprints = {item.id: fingerprint(item) for item in items}

    def usual(self, item: Item) -> float:
        """What the planner is told that an item takes, as in session/today.py."""
        own = self.by_item.get(item.id) or self.by_kind.get(item.card.kind)
        return median(own) if own else seconds_of(item.card)

    def live(self, number: int) -> Day:
        """One study day, from its plan to the last card that came again."""
        today = Day(number)
        known = dict(self.states)
        where = plan.Progress(known, self.read, self.fingerprints, self.usual)
        missed = [
            entry.item
            for entry in plan.make(self.course, where, number).entries
            if not self.meet(entry, today)
        ]
        while missed:  # comes until it is right, and moves nothing by that
            item = missed.pop(0)
            today.again += 1
            if not self.ask(item, today):
                missed.append(item)
        self.close(today)
        return today

    def close(self, today: Day) -> None:
        """Take stock at the end of a day."""
        dues = (state.due for state in self.states.values() if state.due is not None)
        today.late = max((max(0, today.number - due) for due in dues), default=0)
        today.unseen = len(self.course.items.keys() - self.states.keys())
        today.drops_left = sum(not self.done(drop) for drop in self.course.drops)

    def done(self, drop: Drop) -> bool:
        """Is it read, and its core answered?"""
        core = {item.id for item in drop.core}
        return drop.id in self.read and core <= self.states.keys()

    def meet(self, entry: plan.Entry, today: Day) -> bool:
        """Read or answer; False for a wrong answer."""
        if isinstance(entry, plan.Asking):
            return self.ask(entry.item, today)
        self.read[entry.drop.id] = today.number
        today.read = entry.drop.number
        today.seconds += READING_S
        return True

    def ask(self, item: Item, today: Day) -> bool:
        """Answer a card; True if right."""
        state = self.states.get(item.id, schedule.NEW)
        new = state.answers == 0
        sure = FIRST_SIGHT if new else self.memory.recall(item.id, today.number)
        right = self.random.random() < sure
        took = (NEW_S if new else REVIEW_S) + (0.0 if right else MISS_S)
        today.seconds += took
        for times in (self.by_item[item.id], self.by_kind[item.card.kind]):
            times.append(took)
        self.record(item, state, RIGHT if right else WRONG, today)
        self.memory.answered(item.id, today.number, right)
        return right

    def record(
        self, item: Item, state: schedule.ItemState, quality: int, today: Day
    ) -> None:
        """Let the fold take the answer in."""
        mark = self.fingerprints[item.id]
        row = schedule.Row("", event.ANSWER, quality, False, today.number, None, mark)
        if state.answers == 0:
            today.new += 1
        elif state.due is not None and state.due <= today.number:
            today.reviews += 1
            today.right += quality == RIGHT
        self.states[item.id] = schedule.advance(state, row)[0]


def lived(course: Course, memory: Memory, seed: int, days: int = DAYS) -> list[Day]:
    """The study days 1 … `days` of one learner, none missed."""
    learner = Learner(course, memory, Random(seed))
    return [learner.live(number) for number in range(1, days + 1)]


def grown(course: Course, cards: int) -> Course:
    """The course with at least this many cards a drop, by copies of deepening cards.

    Its readings are as long as this learner reads.
    """
    return replace(course, drops=tuple(_grown(drop, cards) for drop in course.drops))


def _grown(drop: Drop, cards: int) -> Drop:
    have = len({item.card.id for item in drop.items})
    models = [item for item in drop.items if not item.core] or list(drop.items)
    copies = (
        replace(
            models[k % len(models)],
            id=f"{drop.id}-copy-{k}",
            card=models[k % len(models)].card.model_copy(
                update={"id": f"{drop.id}-copy-{k}", "contrast": None}
            ),
        )
        for k in range(max(0, cards - have))
    )
    words = " word" * round(READING_S / 60 * plan.WORDS_PER_MINUTE)
    return replace(drop, items=(*drop.items, *copies), reading=words)


# -- what many lives show


@dataclass(frozen=True)
class Outcome:
    """What the lives of some learners show.

    minutes: by day, the mean. path, later: the fullest of these up to day 14, after it.
    in_time: the share who had read every drop and met its core by day 14. right: share
    of the reviews due in days 24–30. late: most days that a card of any was left due.
    seen: the days by which they had met every card, of those who had.
    """

    minutes: tuple[float, ...]
    path: float
    later: float
    in_time: float
    right: float
    late: int
    seen: tuple[int, ...]


def outcome(lives: Sequence[Sequence[Day]]) -> Outcome:
    """The figures that the bounds are about."""
    minutes = tuple(
        mean(d.seconds for d in days) / 60 for days in zip(*lives, strict=True)
    )
    counted = [day for days in lives for day in days if day.number in LATE]
    ends = (next((d.number for d in days if not d.unseen), None) for days in lives)
    return Outcome(
        minutes=minutes,
        path=max(minutes[:PATH_DAYS]),
        later=max(minutes[PATH_DAYS:]),
        in_time=mean(days[PATH_DAYS - 1].drops_left == 0 for days in lives),
        right=sum(d.right for d in counted) / sum(d.reviews for d in counted),
        late=max(day.late for days in lives for day in days),
        seen=tuple(sorted(end for end in ends if end is not None)),
    )


def broken(found: Outcome) -> list[str]:
    """The bounds that do not hold, a sentence each."""
    bounds = (
        (found.path <= 8, f"days 1–14 take up to {found.path:.2f} min, not 8"),
        (found.later <= 5, f"later days take up to {found.later:.2f} min, not 5"),
        (found.in_time >= IN_TIME, f"{found.in_time:.0%} are through by day 14"),
        (found.right >= 0.85, f"{found.right:.0%} of late reviews are right, not 85%"),
        (found.late < 7, f"a card waits {found.late} days, a week or more"),
    )
    return [sentence for holds, sentence in bounds if not holds]


def told(title: str, found: Outcome) -> str:
    """An outcome as lines of text."""
    weeks = [found.minutes[at : at + 7] for at in range(0, 35, 7)]
    seen = f"days {found.seen[0]}–{found.seen[-1]}" if found.seen else "not by the end"
    return "\n".join(
        [
            title,
            *(
                f"  days {7 * k + 1:2}–{7 * k + 7:<2} {_row(w)}"
                for k, w in enumerate(weeks)
            ),
            f"  fullest day: {found.path:.2f} min to day 14, then {found.later:.2f}",
            f"  through by day 14: {found.in_time:.0%} of the learners",
            f"  right on reviews due in days 24–30: {found.right:.0%}",
            f"  longest wait of a due card: {found.late} days",
            f"  every card met: {seen}",
        ]
    )


def _row(minutes: Sequence[float]) -> str:
    return "  ".join(f"{one:4.1f}" for one in minutes) + "  min"


def main() -> int:
    """Print it for the course as it is and at 17 cards a drop; 1 if a bound breaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--days", type=int, default=DAYS)
    options = parser.parse_args()
    course = load_course(str(CONTENT)).course
    if course is None:
        print("the course has errors; run `drillbox lint`", file=sys.stderr)
        return 1
    wrong: list[str] = []
    for size, held in ((0, False), (FULL, True)):
        here = grown(course, size) if size else course
        for memory in (Fsrs, Harsh):
            seeds = range(options.learners)
            found = outcome([lived(here, memory(), s, options.days) for s in seeds])
            name = f"{len(here.items)} items, {memory.__name__}, {len(seeds)} learners"
            print(told(name, found), end="\n\n", flush=True)
            wrong += broken(found) if held and memory is Fsrs else []
    print("\n".join(wrong) or "every bound holds for FSRS-6 at full size")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
