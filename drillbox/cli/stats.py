"""`drillbox stats`: what was done today, what is remembered, what is coming."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

import click

from drillbox import places
from drillbox.domain.confidence import SHOWN_FROM, Band, Calibration, ThreeWay
from drillbox.domain.schedule import ItemState
from drillbox.domain.statistics import Day, Share, Statistics
from drillbox.domain.studyday import iso, study_day
from drillbox.errors import ContentError
from drillbox.history.log import Log
from drillbox.history.stats import (
    RETENTION_DAYS,
    CourseStats,
    Stats,
    days,
    nothing,
    stats,
)
from drillbox.words import _, ngettext

if TYPE_CHECKING:
    from drillbox.domain.course import Course

_SHIPPED = "\0"  # --course alone; no path has this character


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option(
    "--course",
    is_flag=False,
    flag_value=_SHIPPED,
    metavar="[PATH]",
    help="What a course holds, in place of what you did.",
)
def command(as_json: bool, course: str | None) -> None:
    """Show today's answers, the streak, each course, and what is coming.

    Retention is the share of due reviews of the last 30 days that were right; by drop,
    of all of them, with Wilson's 95% interval. The screen has the same numbers on t.

    \b
    Examples:
      drillbox stats
      drillbox stats --json
      drillbox stats --course             drops, cards, misconceptions, exercises
      drillbox stats --course my-course
    """
    if course is not None:
        click.echo("\n".join(_held(None if course == _SHIPPED else course)))
        return
    found, days, courses = _found()
    if as_json:
        click.echo(json.dumps(_object(found, days, courses)))
    else:
        click.echo("\n".join([*_lines(found), *_figures(courses)]))


def _held(path: str | None) -> Iterator[str]:
    from drillbox.cli.opening import open_course
    from drillbox.workbench.counts import counts

    return counts(open_course(path))


class Counted(NamedTuple):
    """A course that can be opened, with its counts."""

    course: "Course"
    found: Statistics
    states: dict[str, ItemState]


def _found() -> tuple[Stats, dict[int, Day], list[Counted]]:
    from drillbox.cli.opening import clock, open_log  # pydantic and the loader: 80 ms

    if not Log.present(places.home()):
        return nothing(study_day(clock())), {}, []
    with open_log() as log:
        found, counted = stats(log), list(_counted(log))
        for notice in log.notices:
            click.echo(f"drillbox: {notice}", err=True)
        return found, days(log), counted


def _counted(log: Log) -> Iterator[Counted]:
    """Every course that has answers; of one that cannot be opened it is said."""
    from drillbox.cli.opening import open_course
    from drillbox.library.shelf import shelf
    from drillbox.session.statistics import statistics

    known = log.courses()
    for book in shelf():
        if book.id in known:
            try:
                course = open_course(book.path)
            except ContentError as error:
                said = _("drillbox: {why}; its drops are left out")
                click.echo(said.format(why=error), err=True)
            else:
                states = log.schedule(course.id)
                yield Counted(course, statistics(course, log), states)


def _object(
    found: Stats, spent: dict[int, Day], counted: list[Counted]
) -> dict[str, object]:
    more = {one.course.id: _course_object(one.found) for one in counted}
    courses = {
        one.course: {
            "seen": one.seen,
            "due": one.due,
            "suspended": one.suspended,
            "reviews": one.kept.count,
            "retention": one.kept.value,
            **more.get(one.course, {}),
        }
        for one in found.courses
    }
    return {
        "today": iso(found.today),
        "answers": found.answers,
        "minutes": round(found.minutes, 1),
        "streak": found.streak,
        "courses": courses,
        "forecast": {iso(day): count for day, count in found.forecast},
        "calibration": asdict(found.calibration) if found.calibration else None,
        "predictions": asdict(found.predictions) if found.predictions else None,
        "days": {iso(day): asdict(one) for day, one in spent.items()},
    }


def _course_object(found: Statistics) -> dict[str, object]:
    return {
        "ahead": {iso(day): count for day, count in found.ahead},
        "drops": {str(k): _share_object(one) for k, one in found.drops.items()},
        "hardest": [asdict(one) for one in found.hardest],
    }


def _share_object(one: Share) -> dict[str, object]:
    low, high = one.interval
    return {**asdict(one), "share": one.value, "low": low, "high": high}


def _figures(counted: list[Counted]) -> Iterator[str]:
    """The sections of the screen in words alone."""
    from drillbox.session import figures

    for place, (course, found, states) in enumerate(counted):
        if not place:
            yield from ("", *_section(_("time"), figures.time(found)))
        yield from ("", course.head.title)
        yield from _section(_("what comes"), figures.ahead(found))
        kept = _(
            "kept, by drop: first answers of reviews, with the 95% interval (Wilson)"
        )
        yield from _section(kept, figures.kept(found))
        hardest = figures.hardest(course, found, states)
        yield from _section(_("hardest cards"), hardest)


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield title
    yield from (f"  {line}" for line in lines)


def _lines(found: Stats) -> list[str]:
    today = ngettext(
        "{n} answer, {minutes} minutes", "{n} answers, {minutes} minutes", found.answers
    ).format(n=found.answers, minutes=f"{found.minutes:.1f}")
    streak = ngettext("{n} day", "{n} days", found.streak).format(n=found.streak)
    lines = [f"{_('today'):<10} {today}", f"{_('streak'):<10} {streak}"]
    for one in found.courses:
        lines.append(f"{one.course:<10} {_course(one)}")
    lines += _calibration(found.calibration, found.predictions)
    ahead = ", ".join(f"{iso(day)[5:]}: {count}" for day, count in found.forecast)
    return [*lines, f"{_('coming'):<10} {ahead}"]


def _course(one: CourseStats) -> str:
    counts = _("{seen} seen, {due} due, {suspended} suspended")
    counts = counts.format(seen=one.seen, due=one.due, suspended=one.suspended)
    if one.kept.value is None:
        none = _("{counts}; no due review in the last {days} days")
        return none.format(counts=counts, days=RETENTION_DAYS)
    return ngettext(
        "{counts}; {right} of {n} due reviews right in the last {days} days ({share})",
        "{counts}; {right} of {n} due reviews right in the last {days} days ({share})",
        one.kept.count,
    ).format(
        counts=counts,
        right=one.kept.right,
        n=one.kept.count,
        days=RETENTION_DAYS,
        share=f"{one.kept.value:.0%}",
    )


def _calibration(found: Calibration | None, runs: ThreeWay | None) -> Iterator[str]:
    """Confidence against right answers, once there are enough of cards and runs."""
    count = sum(one.count for one in (found, runs) if one is not None)
    if 0 < count < SHOWN_FROM:
        more = SHOWN_FROM - count
        few = ngettext(
            "{n} answer; shown after {more} more",
            "{n} answers; shown after {more} more",
            count,
        )
        yield f"{_('confidence'):<10} {few.format(n=count, more=more)}"
        return
    if runs is not None:
        said = ngettext(
            "{n} direction, three-way Brier score {score} (0 is perfect, a third each "
            "gives 0.667)",
            "{n} directions, three-way Brier score {score} (0 is perfect, a third each "
            "gives 0.667)",
            runs.count,
        ).format(n=runs.count, score=f"{runs.brier:.3f}")
        yield f"{_('runs'):<10} {said}"
    if found is not None:
        yield from _cards(found)


def _cards(found: Calibration) -> Iterator[str]:
    said = ngettext(
        "{n} answers, Brier score {score} (0 is perfect, always saying 50% gives "
        "0.250)",
        "{n} answers, Brier score {score} (0 is perfect, always saying 50% gives "
        "0.250)",
        found.count,
    ).format(n=found.count, score=f"{found.brier:.3f}")
    yield f"{_('confidence'):<10} {said}"
    for band in found.bands:
        yield f"{'':<10} {_band(band)}"


def _band(band: Band) -> str:
    said = ngettext(
        "{name}: said {said}, right {right} of {n}",
        "{name}: said {said}, right {right} of {n}",
        band.count,
    )
    return said.format(
        name=_(band.name),
        said=f"{band.said:.0%}",
        right=f"{band.right:.0%}",
        n=band.count,
    )
