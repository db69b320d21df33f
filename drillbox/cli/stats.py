"""`drillbox stats`: what was done today, what is remembered, what is coming."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from drillbox import places
from drillbox.domain.confidence import SHOWN_FROM, Calibration, ThreeWay
from drillbox.domain.studyday import iso, study_day
from drillbox.history.log import Log
from drillbox.history.stats import RETENTION_DAYS, CourseStats, Stats, nothing, stats

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
    """Show today's answers, the streak, each course, and the next seven days.

    Retention is the share of due reviews of the last 30 days that were right.

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
    found = _found()
    click.echo(json.dumps(_object(found)) if as_json else "\n".join(_lines(found)))


def _held(path: str | None) -> Iterator[str]:
    from drillbox.cli.opening import open_course
    from drillbox.workbench.counts import counts

    return counts(open_course(path))


def _found() -> Stats:
    from drillbox.cli.opening import clock, open_log  # pydantic and the loader: 80 ms

    if not Log.present(places.home()):
        return nothing(study_day(clock()))
    with open_log() as log:
        found = stats(log)
        for notice in log.notices:
            click.echo(f"drillbox: {notice}", err=True)
    return found


def _object(found: Stats) -> dict[str, object]:
    courses = {
        one.course: {
            "seen": one.seen,
            "due": one.due,
            "suspended": one.suspended,
            "reviews": one.kept.count,
            "retention": one.kept.value,
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
    }


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
