"""Statistics as lines of text, for a screen and for plain output alike.

`columns` of a screen leaves room for bars; without it there are none, nor a heat map:
a screen reader would read every cell of them aloud.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from drillbox.domain import statistics as counted
from drillbox.domain.confidence import SHOWN_FROM, Calibration, ThreeWay
from drillbox.domain.course import Course
from drillbox.domain.schedule import NEW, ItemState
from drillbox.domain.statistics import LEVELS, Day, Share, Statistics
from drillbox.session import words

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIRST_HALF = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
MONTHS = (*_FIRST_HALF, "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
KEPT = "kept, by drop: first answers of reviews, with the 95 % interval (Wilson)"
YEAR_WEEKS = 53
_BAR = 16  # cells at most
_ROOMY, _WIDE = 52, 64  # columns from which bars and intervals have room


class Section(NamedTuple):
    """A title and its lines."""

    title: str
    lines: tuple[str, ...]


def sections(
    course: Course,
    found: Statistics,
    states: dict[str, ItemState],
    columns: int | None = None,
) -> Iterator[Section]:
    """Everything that is known. columns: of the screen; None for plain output."""
    if columns is not None:
        yield Section("The year", tuple(year(found, columns)))
    roomy, wide = (columns or 0) >= _ROOMY, (columns or 0) >= _WIDE
    yield Section("What comes", tuple(ahead(found, roomy)))
    yield Section(f"K{KEPT[1:]}", tuple(kept(found, wide)))
    yield Section("Time", tuple(time(found, roomy)))
    yield Section("How sure", tuple(sure(found.calibration, found.predictions)))
    yield Section("Hardest cards", tuple(hardest(course, found, states)))


# -- the year


def row_of(streak: int) -> str:
    """The streak in words."""
    if streak:
        return f"{some(streak, 'day')} in a row."
    return "No streak now: one answer today begins one."


def year(found: Statistics, columns: int) -> Iterator[str]:
    """The heat map: weeks as columns, as many as fit beside the days' names."""
    if not found.days:
        yield "No answer yet: the first session fills the first square."
        return
    weeks = min(YEAR_WEEKS, columns - 4)
    yield f"    {months(found.today, weeks)}".rstrip()
    for name, row in zip(
        WEEKDAYS, counted.heat(found.days, found.today, weeks), strict=True
    ):
        cells = "".join(" " if cell is None else LEVELS[cell] for cell in row)
        yield f"{name} {cells}".rstrip()
    yield legend(counted.busiest(found.days, found.today, weeks))


def months(today: int, weeks: int) -> str:
    """The months' names, each over the week of its first day."""
    first = counted.monday(today) - counted.WEEK * (weeks - 1)
    line = ""
    for week in range(weeks):
        sunday = date.fromordinal(first + counted.WEEK * week + 6)
        begins = sunday.day <= counted.WEEK
        if begins and len(line) <= week and week + 3 <= weeks:
            line = f"{line:<{week}}{MONTHS[sunday.month - 1]} "
    return line.rstrip()


def legend(most: int) -> str:
    """What the characters mean: `most` is the busiest day."""
    parts = [f"{LEVELS[0]} none"]
    for level in range(1, len(LEVELS)):
        low, high = counted.counts_of(level, most)
        if low <= high:
            span = str(low) if low == high else f"{low}–{high}"
            parts.append(f"{LEVELS[level]} {span}")
    return "  ".join(parts) + " answers a day"


# -- what comes, what is kept, how long it takes


def ahead(found: Statistics, bars: bool = False) -> Iterator[str]:
    """Items due now, within a week and a month, and day by day."""
    week, month = found.ahead[: counted.WEEK], found.ahead
    if not found.due and not sum(n for _, n in month):
        yield "Nothing is scheduled yet: read a drop and answer its cards."
        return
    yield (
        f"{found.due} due now, {sum(n for _, n in week)} more in the next "
        f"{len(week)} days, {sum(n for _, n in month)} in the next {len(month)}."
    )
    yield from rows([(day_of(day), n, str(n)) for day, n in week], bars)


def kept(found: Statistics, bars: bool = False) -> Iterator[str]:
    """Each drop's share of right answers, with its interval."""
    if not found.drops:
        yield "No review yet: they begin the day after a drop's first cards."
        return
    for number, share in found.drops.items():
        low, high = share.interval
        told = f"{share.right:>3} of {share.count:>3} right, {share.value:>4.0%}"
        drawn = f"  {between(share)}" if bars else ""
        yield f"drop {number:>2}  {told} ({low:.0%} to {high:.0%}){drawn}".rstrip()


def between(share: Share, cells: int = 16) -> str:
    """An interval on a line from 0 to 1, with the share on it."""
    low, high = share.interval
    place = [min(cells - 1, int(x * cells)) for x in (low, share.value or 0.0, high)]
    line = ["─" if place[0] <= k <= place[2] else "·" for k in range(cells)]
    line[place[1]] = "●"
    return "".join(line)


def time(found: Statistics, bars: bool = False) -> Iterator[str]:
    """Minutes of the last seven days, and of the last thirty."""
    week = [found.today - back for back in reversed(range(counted.WEEK))]
    given = [(day, found.days.get(day, Day())) for day in week]
    if not any(day.answers for _, day in given):
        yield "No answer in the last seven days: five minutes today begin again."
        return
    month = range(found.today - 29, found.today + 1)
    spent = [found.days[day].seconds / 60 for day in month if day in found.days]
    yield (
        f"{sum(spent):.0f} minutes in the last 30 days, on {some(len(spent), 'day')}: "
        f"{sum(spent) / len(spent):.1f} minutes on each."
    )
    yield from rows([(day_of(day), one.seconds, took(one)) for day, one in given], bars)


def took(day: Day) -> str:
    """What a day was."""
    if not day.answers:
        return "none"
    return f"{day.seconds / 60:.1f} min, {some(day.answers, 'answer')}"


def rows(found: list[tuple[str, float, str]], bars: bool) -> Iterator[str]:
    """Lines of (name, size, text); with bars as long as their sizes."""
    most = max((size for _, size, _ in found), default=0) or 1
    for name, size, text in found:
        bar = "█" * round(_BAR * size / most)
        yield f"{name:<10}  {bar + ' ' if bars and bar else ''}{text}"


# -- how sure, what is hard


def sure(found: Calibration | None, runs: ThreeWay | None) -> Iterator[str]:
    """Confidence against right answers, once there are enough of cards and runs."""
    count = sum(one.count for one in (found, runs) if one is not None)
    if count < SHOWN_FROM:
        more = SHOWN_FROM - count
        yield f"{some(count, 'answer')} with a confidence; shown after {more} more."
        yield "Every third choice, number and direction asks how sure you are."
        return
    if runs is not None:
        yield (
            f"Runs: {some(runs.count, 'direction')}, three-way Brier score "
            f"{runs.brier:.3f} (a third each gives 0.667)."
        )
    if found is not None:
        yield (
            f"Cards: {some(found.count, 'answer')}, Brier score {found.brier:.3f} "
            "(0 is perfect, 50 % gives 0.250)."
        )
        for band in found.bands:
            said = f"said {band.said:.0%}, right {band.right:.0%} of {band.count}"
            yield f"{band.name:<11}  {said}"


def hardest(
    course: Course, found: Statistics, states: dict[str, ItemState]
) -> Iterator[str]:
    """Each by its first words, with how often it was forgotten."""
    for one in found.hardest:
        answers = states.get(one.item, NEW).answers
        item = course.items.get(one.item)
        name = words.card(course.id, item, answers) if item else one.item
        times = f"forgotten {some(one.lapses, 'time')}, easiness {one.ef / 100:.2f}"
        yield f"drop {one.drop:>2}  {times}: {name}"
    if not found.hardest:
        yield "No card stands out so far."


# -- words


def day_of(day: int) -> str:
    """A study day: Mon 23 Nov."""
    when = date.fromordinal(day)
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def some(count: int, what: str) -> str:
    """A number of things."""
    return f"{count} {what}{'' if count == 1 else 's'}"
