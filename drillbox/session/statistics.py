"""What the record says of a learner in one course; domain/statistics.py counts it."""

from drillbox.domain import statistics as counted
from drillbox.domain.course import Course
from drillbox.domain.statistics import Statistics
from drillbox.history import stats
from drillbox.history.log import Log

AHEAD_DAYS = 30


def drops_of(course: Course) -> dict[str, int]:
    """The number of the drop of every card item and exercise."""
    found = {item.id: item.drop for item in course.items.values()}
    for drop in course.drops:
        found |= dict.fromkeys(drop.exercises, drop.number)
    return found


def statistics(course: Course, log: Log) -> Statistics:
    """All of it. Reads the whole log, which takes about 5 µs an event; writes nothing.

    Raises HistoryError.
    """
    drops, today = drops_of(course), log.today()
    states = log.schedule(course.id)
    dues = counted.waiting(states, drops)
    return Statistics(
        today=today,
        streak=stats.streak(log),
        days=stats.days(log),
        due=len(stats.due(log, course.id) & drops.keys()),
        ahead=counted.forecast(dues, today, AHEAD_DAYS),
        drops=counted.by_drop(stats.reviews(log, course.id), drops),
        hardest=counted.hardest(states, drops),
        calibration=stats.said(log),
        predictions=stats.predictions(log),
    )
