"""What a learner has done, and what is coming.

Undone answers do not count. What counts days and minutes looks at the log, so a reset
takes no day away from the streak; what is about a course looks at the schedule.
"""

import json
import sqlite3
from dataclasses import dataclass

from drillbox.domain.confidence import Calibration, ThreeWay, calibration, three_way
from drillbox.domain.schedule import PASS, Told
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
    """One course. seen, due, suspended: items. reviews: of due items in the last 30
    days, right: those of them with a quality of 3 or more."""

    course: str
    seen: int
    due: int
    suspended: int
    reviews: int
    right: int

    @property
    def retention(self) -> float | None:
        """The share of due reviews that were right; None without any."""
        return self.right / self.reviews if self.reviews else None


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
    given, spent = log.read(lambda db: _given(db, today))
    return Stats(
        today,
        given,
        spent / 60_000,
        streak(log),
        tuple(_courses(log, today)),
        log.read(lambda db: _forecast(db, today)),
        calibration(log.read(_said)),
        _predictions(log.read(_predicted)),
    )


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


def _predictions(answers: list[tuple[float, bool]]) -> ThreeWay | None:
    return three_way(answers) if answers else None


def nothing(today: int) -> Stats:
    """Before anything was done."""
    ahead = range(today + 1, today + 1 + FORECAST_DAYS)
    return Stats(today, 0, 0.0, 0, (), tuple((day, 0) for day in ahead))


def streak(log: Log) -> int:
    """Study days in a row with an answer, up to today or, before today's, yesterday."""
    sql = f"select 1 from event where day = ? and {_ANSWERS} limit 1"

    def work(db: sqlite3.Connection) -> int:
        def met(day: int) -> bool:
            return db.execute(sql, (day,)).fetchone() is not None

        last = log.today() if met(log.today()) else log.today() - 1
        day = last
        while met(day):
            day -= 1
        return last - day

    return log.read(work)


def _given(db: sqlite3.Connection, day: int) -> tuple[int, int]:
    sql = (
        f"select count(*), coalesce(sum(min(coalesce(duration_ms, 0), {CAP_MS})), 0) "
        f"from event where day = ? and {_ANSWERS}"
    )
    count, milliseconds = db.execute(sql, (day,)).fetchone()
    return count, milliseconds


def _courses(log: Log, today: int) -> list[CourseStats]:
    told: list[Told] = []

    def watch(answer: Told) -> None:
        recent = today - RETENTION_DAYS < answer.day <= today
        if recent and answer.due and answer.role == "review":
            told.append(answer)

    log.read(lambda db: refold.told(db, watch))
    return [
        CourseStats(*row, *_retained(told, row[0]))
        for row in log.read(lambda db: _counts(db, today))
    ]


def _retained(told: list[Told], course: str) -> tuple[int, int]:
    mine = [answer.quality for answer in told if answer.course == course]
    return len(mine), sum(quality is not None and quality >= PASS for quality in mine)


def _counts(db: sqlite3.Connection, today: int) -> list[tuple[str, int, int, int]]:
    sql = (
        "select l.course, sum(coalesce(s.answers, 0) > 0), "
        f"sum(coalesce(s.suspended = 0 and {IS_DUE}, 0)), "
        "sum(coalesce(s.suspended, 0)) from live l left join schedule s "
        "on s.course = l.course and s.item = l.item group by l.course order by l.course"
    )
    return db.execute(sql, {"today": today}).fetchall()


def _forecast(db: sqlite3.Connection, today: int) -> tuple[tuple[int, int], ...]:
    sql = (
        f"select s.due, count(*) {LIVE} and s.due > :today and s.due <= :last "
        "group by s.due"
    )
    last = today + FORECAST_DAYS
    counts = dict(db.execute(sql, {"today": today, "last": last}).fetchall())
    return tuple((day, counts.get(day, 0)) for day in range(today + 1, last + 1))
