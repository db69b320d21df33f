"""Statistics as lines of text, for a screen and for plain output alike.

`columns` of a screen leaves room for bars; without it there are none, nor a heat map:
a screen reader would read every cell of them aloud.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from drillbox.domain import statistics as counted
from drillbox.domain.confidence import SHOWN_FROM, Band, Calibration, ThreeWay
from drillbox.domain.course import Course
from drillbox.domain.schedule import NEW, ItemState
from drillbox.domain.statistics import LEVELS, Day, Share, Statistics
from drillbox.session import words
from drillbox.words import N_, _, ngettext

# Translators: the names of days and months have three characters or fewer.
WEEKDAYS = (
    *(N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")),
)
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
KEPT = N_("Kept, by drop: first answers of reviews, with the 95% interval (Wilson)")
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
    days = months_of(found) if columns is None else year(found, columns)
    yield Section(_("The year"), tuple(days))
    roomy, wide = (columns or 0) >= _ROOMY, (columns or 0) >= _WIDE
    yield Section(_("What comes"), tuple(ahead(found, roomy)))
    yield Section(_(KEPT), tuple(kept(found, wide)))
    yield Section(_("Time"), tuple(time(found, roomy)))
    yield Section(_("How sure"), tuple(sure(found.calibration, found.predictions)))
    yield Section(_("Hardest cards"), tuple(hardest(course, found, states)))


# -- the year


def row_of(streak: int) -> str:
    """The streak in words."""
    if streak:
        said = ngettext("{n} day in a row.", "{n} days in a row.", streak)
        return said.format(n=streak)
    return _("No streak now: one answer today begins one.")


def year(found: Statistics, columns: int) -> Iterator[str]:
    """The heat map: weeks as columns, as many as fit beside the days' names."""
    if not found.days:
        yield _("No answer yet: the first session fills the first square.")
        return
    weeks = min(YEAR_WEEKS, columns - 4)
    yield f"    {months(found.today, weeks)}".rstrip()
    for name, row in zip(
        WEEKDAYS, counted.heat(found.days, found.today, weeks), strict=True
    ):
        cells = "".join(" " if cell is None else LEVELS[cell] for cell in row)
        yield f"{_(name):<3} {cells}".rstrip()
    yield legend(counted.busiest(found.days, found.today, weeks))


def months_of(found: Statistics) -> Iterator[str]:
    """The same weeks without a drawing: a line for each month with answers."""
    since = counted.monday(found.today) - counted.WEEK * (YEAR_WEEKS - 1)
    by_month: dict[tuple[int, int], list[int]] = {}
    for day, met in sorted(found.days.items()):
        if day >= since:
            when = date.fromordinal(day)
            by_month.setdefault((when.year, when.month), []).append(met.answers)
    if not by_month:
        yield _("No answer yet: the first session begins it.")
    for (in_year, month), counts in by_month.items():
        n, m = sum(counts), len(counts)
        answers = ngettext("{n} answer", "{n} answers", n).format(n=n)
        days = ngettext("on {n} day", "on {n} days", m).format(n=m)
        said = _("{month} {year}: {answers} {days}.")
        name = _(MONTHS[month - 1])
        yield said.format(month=name, year=in_year, answers=answers, days=days)


def months(today: int, weeks: int) -> str:
    """The months' names, each over the week of its first day."""
    first = counted.monday(today) - counted.WEEK * (weeks - 1)
    line = ""
    for week in range(weeks):
        sunday = date.fromordinal(first + counted.WEEK * week + 6)
        begins = sunday.day <= counted.WEEK
        if begins and len(line) <= week and week + 3 <= weeks:
            line = f"{line:<{week}}{_(MONTHS[sunday.month - 1])} "
    return line.rstrip()


def legend(most: int) -> str:
    """What the characters mean: `most` is the busiest day."""
    parts = [f"{LEVELS[0]} {_('none')}"]
    for level in range(1, len(LEVELS)):
        low, high = counted.counts_of(level, most)
        if low <= high:
            span = str(low) if low == high else f"{low}–{high}"
            parts.append(f"{LEVELS[level]} {span}")
    return _("{shades} answers a day").format(shades="  ".join(parts))


# -- what comes, what is kept, how long it takes


def ahead(found: Statistics, bars: bool = False) -> Iterator[str]:
    """Items due now, within a week and a month, and day by day."""
    week, month = found.ahead[: counted.WEEK], found.ahead
    if not found.due and not sum(n for _day, n in month):
        yield _("Nothing is scheduled yet: read a drop and answer its cards.")
        return
    said = _(
        "{now} due now, {week} more in the next {seven} days, {month} in the next "
        "{thirty}."
    )
    yield said.format(
        now=found.due,
        week=sum(n for _day, n in week),
        seven=len(week),
        month=sum(n for _day, n in month),
        thirty=len(month),
    )
    yield from rows([(day_of(day), n, str(n)) for day, n in week], bars)


def kept(found: Statistics, bars: bool = False) -> Iterator[str]:
    """Each drop's share of right answers, with its interval."""
    if not found.drops:
        yield _("No review yet: they begin the day after a drop's first cards.")
        return
    told = [_row(number, share) for number, share in found.drops.items()]
    longest = max(map(len, told))
    for row, share in zip(told, found.drops.values(), strict=True):
        yield f"{row:<{longest}}  {between(share)}" if bars else row


def _row(number: int, share: Share) -> str:
    low, high = share.interval
    # Translators: the numbers come with spaces before them, so that lines align.
    said = _("drop {n}  {right} of {count} right, {share} ({low} to {high})")
    return said.format(
        n=f"{number:>2}",
        right=f"{share.right:>3}",
        count=f"{share.count:>3}",
        share=f"{share.value:>4.0%}",
        low=f"{low:.0%}",
        high=f"{high:.0%}",
    )


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
    if not any(one.answers for _day, one in given):
        yield _("No answer in the last seven days: five minutes today begin again.")
        return
    month = range(found.today - 29, found.today + 1)
    spent = [found.days[day].seconds / 60 for day in month if day in found.days]
    yield ngettext(
        "{minutes} minutes in the last 30 days, on {n} day: {each} minutes on each.",
        "{minutes} minutes in the last 30 days, on {n} days: {each} minutes on each.",
        len(spent),
    ).format(
        minutes=f"{sum(spent):.0f}",
        n=len(spent),
        each=f"{sum(spent) / len(spent):.1f}",
    )
    yield from rows([(day_of(day), one.seconds, took(one)) for day, one in given], bars)


def took(day: Day) -> str:
    """What a day was."""
    if not day.answers:
        return _("none")
    said = ngettext("{min} min, {n} answer", "{min} min, {n} answers", day.answers)
    return said.format(min=f"{day.seconds / 60:.1f}", n=day.answers)


def rows(found: list[tuple[str, float, str]], bars: bool) -> Iterator[str]:
    """Lines of (name, size, text); with bars as long as their sizes."""
    most = max((row[1] for row in found), default=0) or 1
    for name, size, text in found:
        bar = "█" * round(_BAR * size / most)
        yield f"{name:<10}  {bar + ' ' if bars and bar else ''}{text}"


# -- how sure, what is hard


def sure(found: Calibration | None, runs: ThreeWay | None) -> Iterator[str]:
    """Confidence against right answers, once there are enough of cards and runs."""
    count = sum(one.count for one in (found, runs) if one is not None)
    if count < SHOWN_FROM:
        yield _too_few(count)
        yield _("Every third choice, number and direction asks how sure you are.")
        return
    if runs is not None:
        yield ngettext(
            "Runs: {n} direction, three-way Brier score {score} (a third each gives "
            "0.667).",
            "Runs: {n} directions, three-way Brier score {score} (a third each gives "
            "0.667).",
            runs.count,
        ).format(n=runs.count, score=f"{runs.brier:.3f}")
    if found is not None:
        yield ngettext(
            "Cards: {n} answer, Brier score {score} (0 is perfect, 50% gives 0.250).",
            "Cards: {n} answers, Brier score {score} (0 is perfect, 50% gives 0.250).",
            found.count,
        ).format(n=found.count, score=f"{found.brier:.3f}")
        yield from map(_band, found.bands)


def _too_few(count: int) -> str:
    said = ngettext(
        "{n} answer with a confidence; shown after {more} more.",
        "{n} answers with a confidence; shown after {more} more.",
        count,
    )
    return said.format(n=count, more=SHOWN_FROM - count)


def _band(band: Band) -> str:
    said = ngettext(
        "said {said}, right {right} of {n}",
        "said {said}, right {right} of {n}",
        band.count,
    ).format(said=f"{band.said:.0%}", right=f"{band.right:.0%}", n=band.count)
    return f"{_(band.name):<11}  {said}"


def hardest(
    course: Course, found: Statistics, states: dict[str, ItemState]
) -> Iterator[str]:
    """Each by its first words, with how often it was forgotten."""
    for one in found.hardest:
        answers = states.get(one.item, NEW).answers
        item = course.items.get(one.item)
        name = words.card(course.id, item, answers) if item else one.item
        said = ngettext(
            "drop {drop}  forgotten {n} time, easiness {ef}: {card}",
            "drop {drop}  forgotten {n} times, easiness {ef}: {card}",
            one.lapses,
        )
        ef, drop = f"{one.ef / 100:.2f}", f"{one.drop:>2}"
        yield said.format(drop=drop, n=one.lapses, ef=ef, card=name)
    if not found.hardest:
        yield _("No card stands out so far.")


# -- words


def day_of(day: int) -> str:
    """A study day: Mon 23 Nov."""
    when = date.fromordinal(day)
    weekday, month = _(WEEKDAYS[when.weekday()]), _(MONTHS[when.month - 1])
    return _("{weekday} {day} {month}").format(
        weekday=weekday, day=when.day, month=month
    )
