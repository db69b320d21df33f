"""`drillbox stats`: what was done today, what is remembered, what is coming."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

import click

from drillbox import places
from drillbox.domain.confidence import SHOWN_FROM, Calibration, ThreeWay
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
from drillbox.words import _

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
    of all of them, with Wilson's 95 % interval. The screen has the same numbers on t.

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
                click.echo(f"drillbox: {error}; its drops are left out", err=True)
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
            yield from ("", *_section("time", figures.time(found)))
        yield from ("", course.head.title)
        yield from _section("what comes", figures.ahead(found))
        kept = _(
            "kept, by drop: first answers of reviews, with the 95 % interval (Wilson)"
        )
        yield from _section(kept, figures.kept(found))
        yield from _section("hardest cards", figures.hardest(course, found, states))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield title
    yield from (f"  {line}" for line in lines)


def _lines(found: Stats) -> list[str]:
    lines = [
        f"today      {_some(found.answers, 'answer')}, {found.minutes:.1f} minutes",
        f"streak     {_some(found.streak, 'day')}",
    ]
    for one in found.courses:
        lines.append(f"{one.course:<10} {_course(one)}")
    lines += _calibration(found.calibration, found.predictions)
    ahead = ", ".join(f"{iso(day)[5:]}: {count}" for day, count in found.forecast)
    return [*lines, f"coming     {ahead}"]


def _course(one: CourseStats) -> str:
    counts = f"{one.seen} seen, {one.due} due, {one.suspended} suspended"
    if one.kept.value is None:
        return f"{counts}; no due review in the last {RETENTION_DAYS} days"
    return (
        f"{counts}; {one.kept.right} of {one.kept.count} due reviews right in the last "
        f"{RETENTION_DAYS} days ({one.kept.value:.0%})"
    )


def _calibration(found: Calibration | None, runs: ThreeWay | None) -> Iterator[str]:
    """Confidence against right answers, once there are enough of cards and runs."""
    count = sum(one.count for one in (found, runs) if one is not None)
    if 0 < count < SHOWN_FROM:
        more = SHOWN_FROM - count
        yield f"confidence {_some(count, 'answer')}; shown after {more} more"
        return
    if runs is not None:
        yield (
            f"runs       {_some(runs.count, 'direction')}, three-way Brier score "
            f"{runs.brier:.3f} (0 is perfect, a third each gives 0.667)"
        )
    if found is not None:
        yield from _cards(found)


def _cards(found: Calibration) -> Iterator[str]:
    yield (
        f"confidence {found.count} answers, Brier score {found.brier:.3f} (0 is "
        "perfect, always saying 50 % gives 0.250)"
    )
    for band in found.bands:
        said = f"{band.name}: said {band.said:.0%}, right {band.right:.0%}"
        yield f"{'':<10} {said} of {band.count}"


def _some(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
