"""What a learner has done, and what is coming.

Undone answers do not count. What counts days and minutes looks at the log, so a reset
takes no day away from the streak; what is about a course looks at the schedule.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from drillbox.domain import statistics
from drillbox.domain.confidence import Calibration, ThreeWay, calibration, three_way
from drillbox.domain.schedule import Told
from drillbox.domain.statistics import Day, Share
from drillbox.history import refold
from drillbox.history.due import IS_DUE, LIVE
from drillbox.history.log import Log
from drillbox.history.pace import CAP_MS
from drillbox.history.store import STANDS

RETENTION_DAYS = 30
FORECAST_DAYS = 7
_ANSWERS = (
    "(kind = 'answer' or kind = 'attempt' and detail in ('pass', 'give-up')) "
    f"and {STANDS}"
)


@dataclass(frozen=True, slots=True)
class CourseStats:
    """One course. seen, due, suspended: items. kept: due reviews of the last 30 days,
    and those of them with a quality of 3 or more."""

    course: str
    seen: int
    due: int
    suspended: int
    kept: Share


@dataclass(frozen=True, slots=True)
class Stats:
    """today: study day. streak: study days in a row with an answer. minutes: spent on
    answers today. forecast: (study day, items coming due) of the next seven days.
    calibration: of all answers with a confidence, None without any. predictions: of
    the directions that were said of runs, None without any."""

    today: int
    answers: int
    minutes: float
    streak: int
    courses: tuple[CourseStats, ...]
    forecast: tuple[tuple[int, int], ...]
    calibration: Calibration | None = None
    predictions: ThreeWay | None = None


def stats(log: Log) -> Stats:
    """All of it. Reads the whole log once (about 3 µs an event)."""
    today = log.today()
    day = days(log, today).get(today, Day())
    return Stats(
        today,
        day.answers,
        day.seconds / 60,
        streak(log),
        tuple(_courses(log, today)),
        log.read(lambda db: _forecast(db, today)),
        said(log),
        predictions(log),
    )


def said(log: Log) -> Calibration | None:
    """How well confidence agrees with right answers; None without any."""
    return calibration(log.read(_said))


def predictions(log: Log) -> ThreeWay | None:
    """The score of the directions that were said of runs; None without any."""
    answers = log.read(_predicted)
    return three_way(answers) if answers else None


def days(log: Log, since: int = 0) -> dict[int, Day]:
    """Every study day with an answer, of all courses; a reset takes none away.

    since: the first study day to look at. Takes about 2 µs an event.
    """
    sql = (
        f"select day, min(coalesce(duration_ms, 0), {CAP_MS}) / 1000.0 from event "
        f"where day >= ? and {_ANSWERS}"
    )
    return log.read(lambda db: statistics.days(db.execute(sql, (since,))))


def reviews(log: Log, course: str) -> list[Told]:
    """First answers to items of a course that were due, since its last reset."""
    return _told(log, course)


def _told(log: Log, course: str | None = None) -> list[Told]:
    found: list[Told] = []

    def watch(answer: Told) -> None:
        if statistics.is_review(answer):
            found.append(answer)

    log.read(lambda db: refold.told(db, watch, course))
    return found


def due(log: Log, course: str) -> frozenset[str]:
    """The items of a course that are due now, by the rule of `drillbox due`."""
    sql = f"select s.item {LIVE} and s.course = :course and {IS_DUE}"
    values = {"today": log.today(), "course": course}
    rows = log.read(lambda db: db.execute(sql, values).fetchall())
    return frozenset(item for (item,) in rows)


def _said(db: sqlite3.Connection) -> list[tuple[float, bool]]:
    """Each answer's confidence, and whether it was right."""
    sql = (
        f"select body from event where kind = 'answer' and {STANDS} "
        "and body like '%\"confidence\"%'"
    )
    bodies = (json.loads(body) for (body,) in db.execute(sql))
    found = ((one["answer"].get("confidence"), one["verdict"]) for one in bodies)
    return [(float(sure), told == "right") for sure, told in found if sure is not None]


def _predicted(db: sqlite3.Connection) -> list[tuple[float, bool]]:
    """Each direction said of a run, of its first outcome on a checkpoint alone: what
    was seen once is predicted no more."""
    sql = (
        "select course, item, body from event where kind = 'outcome' and not exists "
        "(select 1 from event u where u.target = event.target and u.kind = 'undo') "
        "order by logical, id"
    )
    first: dict[tuple[str, str, str], list[tuple[float, bool]]] = {}
    for course, item, body in db.execute(sql):
        one = json.loads(body)
        answers = [(float(sure), bool(right)) for sure, right in one.get("answers", ())]
        first.setdefault((course, item, str(one.get("checkpoint"))), answers)
    return [answer for answers in first.values() for answer in answers]


def nothing(today: int) -> Stats:
    """Before anything was done."""
    ahead = statistics.forecast((), today, FORECAST_DAYS)
    return Stats(today, 0, 0.0, 0, (), ahead)


def streak(log: Log) -> int:
    """Study days in a row with an answer, up to today or, before today's, yesterday.

    A day that the calendar left out, at the date line, does not end it.
    """
    now, today = log.now().offset_min, log.today()
    return log.read(lambda db: _streak(db, today, now))


def _streak(db: sqlite3.Connection, today: int, now_min: int) -> int:
    def offset(day: int, order: str) -> int | None:
        sql = f"select offset_min from event where day = ? and {_ANSWERS} {order}"
        found = db.execute(sql, (day,)).fetchone()
        return found[0] if found else None

    def skipped(day: int) -> bool:
        before = offset(day - 1, "order by logical desc limit 1")
        after = offset(day + 1, "order by logical limit 1")
        if after is None and day + 1 == today:
            after = now_min
        return statistics.jumped(before, after)

    def met(day: int) -> bool:
        return offset(day, "limit 1") is not None

    return statistics.streak(met, skipped, today)


def _courses(log: Log, today: int) -> Iterator[CourseStats]:
    recent = [a for a in _told(log) if today - RETENTION_DAYS < a.day <= today]
    for row in log.read(lambda db: _counts(db, today)):
        kept = statistics.share(a for a in recent if a.course == row[0])
        yield CourseStats(*row, kept)


def _counts(db: sqlite3.Connection, today: int) -> list[tuple[str, int, int, int]]:
    sql = (
        "select l.course, sum(coalesce(s.answers, 0) > 0), "
        f"sum(coalesce(s.suspended = 0 and {IS_DUE}, 0)), "
        "sum(coalesce(s.suspended, 0)) from live l left join schedule s "
        "on s.course = l.course and s.item = l.item group by l.course order by l.course"
    )
    return db.execute(sql, {"today": today}).fetchall()


def _forecast(db: sqlite3.Connection, today: int) -> tuple[tuple[int, int], ...]:
    sql = f"select s.due {LIVE} and s.due > :today and s.due <= :last"
    values = {"today": today, "last": today + FORECAST_DAYS}
    found = (day for (day,) in db.execute(sql, values))
    return statistics.forecast(found, today, FORECAST_DAYS)
