"""Which study day a moment belongs to: the local wall clock less four hours.

A study day is a whole number, `datetime.date.toordinal()`. It is worked out once,
when something happens, from the wall clock that hung on the wall then, and kept in
the event: a flight or a change of the clocks never rewrites the past.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

DAY_STARTS_AT_HOUR = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and the clock on the wall then.

    utc_ms: milliseconds since 1970 in UTC. offset_min: minutes the wall clock is
    ahead of UTC.
    """

    utc_ms: int
    offset_min: int


def study_day(moment: Moment) -> int:
    """The study day (a date's ordinal) that `moment` belongs to.

    Subtracts on the wall clock, not on UTC: on the day the clocks change these differ.
    """
    wall = datetime.fromtimestamp(moment.utc_ms / 1000, UTC).replace(tzinfo=None)
    wall += timedelta(minutes=moment.offset_min) - timedelta(hours=DAY_STARTS_AT_HOUR)
    return wall.date().toordinal()


def iso(day: int) -> str:
    """A study day as people write it: 2026-11-23."""
    return date.fromordinal(day).isoformat()


def from_iso(text: str) -> int:
    """The study day of a date like 2026-11-23; ValueError if it is none."""
    return date.fromisoformat(text).toordinal()
