"""What the record says of a learner: pure counts over answers and states.

The one owner of these numbers: the screen, `drillbox stats` and the end of a session
show what is counted here. Days are study days, times are seconds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt

from drillbox.domain.confidence import Calibration, ThreeWay
from drillbox.domain.schedule import PASS, ItemState, Told
from drillbox.domain.sm2 import State

MATURE_DAYS = 21  # an interval from here on; the border that Anki draws
NORMAL_95 = 1.959963984540054  # the 97.5% quantile of the standard normal
LEVELS = "·░▒█"  # of the heat map: no answer, and thirds of the busiest day
WEEK = 7
JUMP_MIN = 720  # of the wall clock, ahead: less than half of a day was left to live
EASY_EF = State().ef  # what every item starts with

Drops = Mapping[str, int]  # item id → the number of its drop


@dataclass(frozen=True, slots=True)
class Day:
    """One study day. seconds: what its answers took."""

    answers: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `count` were right."""

    right: int = 0
    count: int = 0

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval of the share."""
        return wilson(self.right, self.count)


@dataclass(frozen=True, slots=True)
class Hard:
    """An item that is forgotten often. ef: SM-2's easiness, in hundredths."""

    item: str
    drop: int
    lapses: int
    ef: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the screen shows of one course and of all days.

    days: every study day with an answer, of all courses, as the streak is. due: items
    of the course that are due now; ahead: (study day, items coming due) from tomorrow
    on. drops: first answers of due reviews by the number of the drop.
    """

    today: int
    streak: int = 0
    days: Mapping[int, Day] = field(default_factory=dict)
    due: int = 0
    ahead: tuple[tuple[int, int], ...] = ()
    drops: Mapping[int, Share] = field(default_factory=dict)
    hardest: tuple[Hard, ...] = ()
    calibration: Calibration | None = None
    predictions: ThreeWay | None = None


# -- days


def days(answers: Iterable[tuple[int, float]]) -> dict[int, Day]:
    """The study days of answers, given as (study day, seconds)."""
    counts: Counter[int] = Counter()
    seconds: dict[int, float] = {}
    for day, took in answers:
        counts[day] += 1
        seconds[day] = seconds.get(day, 0.0) + took
    return {day: Day(counts[day], seconds[day]) for day in sorted(counts)}


def streak(
    met: Callable[[int], bool], skipped: Callable[[int], bool], today: int
) -> int:
    """Study days with an answer, in a row up to today or, before today's, yesterday.

    met: was there an answer on this day? skipped: did the calendar leave this day out,
    as `jumped` tells? Such a day neither counts nor ends the row.
    """
    day = today if met(today) else today - 1
    if day < today and not met(day) and skipped(day):
        day -= 1
    count = 0
    while True:
        if met(day):  # asked once a day: each is a question to the database
            count += 1
        elif not (skipped(day) and met(day - 1)):
            return count
        day -= 1


def jumped(before_min: int | None, after_min: int | None) -> bool:
    """Did the wall clock leave out most of the day between two others?

    Its minutes ahead of UTC, at the last answer of the day before and at the first of
    the day after (now, if there is none yet); None where there is no answer. Who flies
    west over the date line, from Honolulu to Auckland, lives one hour of the day that
    the calendar skips; a flight from London to Sydney leaves 13 hours and is none.
    """
    if before_min is None or after_min is None:
        return False
    return after_min - before_min >= JUMP_MIN


def level(count: int, most: int) -> int:
    """0 for no answer, else 1 to 3 by thirds of the busiest day's `most` answers."""
    return min(3, ceil(3 * count / most)) if count > 0 and most > 0 else 0


def counts_of(level_: int, most: int) -> tuple[int, int]:
    """The fewest and the most answers of a level from 1 on; none if first > last."""
    return (level_ - 1) * most // 3 + 1, level_ * most // 3


def busiest(found: Mapping[int, Day], today: int, weeks: int) -> int:
    """The most answers of a day of the last `weeks` weeks; 0 without any."""
    first = monday(today) - WEEK * (weeks - 1)
    shown = (one.answers for day, one in found.items() if first <= day <= today)
    return max(shown, default=0)


def heat(
    found: Mapping[int, Day], today: int, weeks: int
) -> tuple[tuple[int | None, ...], ...]:
    """Levels of the last `weeks` weeks: seven rows from Monday, a column each week.

    The last column is the week of today; None stands for the days still to come.
    """
    first = monday(today) - WEEK * (weeks - 1)
    most = busiest(found, today, weeks)

    def cell(day: int) -> int | None:
        return level(found.get(day, Day()).answers, most) if day <= today else None

    return tuple(
        tuple(cell(first + row + WEEK * week) for week in range(weeks))
        for row in range(WEEK)
    )


def monday(day: int) -> int:
    """The Monday of the week of a study day (ordinal 1 was a Monday)."""
    return day - (day - 1) % WEEK


# -- what is remembered


def wilson(right: int, count: int, z: float = NORMAL_95) -> tuple[float, float]:
    """Wilson's (1927) interval of a share, with z standard errors: 95% by default.

    Stays within 0 and 1 and holds the share itself; (0, 1) of nothing.
    """
    if not count:
        return 0.0, 1.0
    share, over = right / count, 1 + z * z / count
    middle = share + z * z / (2 * count)
    half = z * sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    # At the ends the formula gives the share itself, and rounding a little less.
    low = 0.0 if right == 0 else min(share, (middle - half) / over)
    high = 1.0 if right == count else max(share, (middle + half) / over)
    return low, high


def is_review(answer: Told) -> bool:
    """Is this the first answer to an item that was due? Nothing else tells memory."""
    return answer.due and answer.role == "review"


def share(answers: Iterable[Told]) -> Share:
    """Of reviews: those with a quality of 3 or more."""
    passed = [one.quality is not None and one.quality >= PASS for one in answers]
    return Share(sum(passed), len(passed))


def by_drop(answers: Iterable[Told], drops: Drops) -> dict[int, Share]:
    """The reviews of each drop that has any; items of no drop are left out."""
    groups: dict[int, list[Told]] = {}
    for one in answers:
        if is_review(one) and one.item in drops:
            groups.setdefault(drops[one.item], []).append(one)
    return {number: share(groups[number]) for number in sorted(groups)}


def hardest(
    states: Mapping[str, ItemState], drops: Drops, most: int = 5
) -> tuple[Hard, ...]:
    """The items with most lapses, then with the lowest easiness; `most` at most."""
    found = (
        Hard(item, drops[item], state.lapses, state.sm2.ef)
        for item, state in states.items()
        if item in drops and (state.lapses or state.sm2.ef < EASY_EF)
    )
    ordered = sorted(found, key=lambda one: (-one.lapses, one.ef, one.item))
    return tuple(ordered[:most])


def mature(states: Iterable[ItemState]) -> int:
    """How many of these have an interval of at least 21 days."""
    return sum(s.due is not None and s.sm2.interval >= MATURE_DAYS for s in states)


# -- what is coming


def forecast(dues: Iterable[int], today: int, span: int) -> tuple[tuple[int, int], ...]:
    """(Study day, items that come due on it) for the `span` days after today."""
    counts = Counter(dues)
    return tuple((day, counts[day]) for day in range(today + 1, today + 1 + span))


def waiting(states: Mapping[str, ItemState], live: Iterable[str]) -> Iterator[int]:
    """The study days on which the `live` items come due; suspended ones never do."""
    for item in live:
        state = states.get(item)
        if state is not None and state.due is not None and not state.suspended:
            yield state.due
