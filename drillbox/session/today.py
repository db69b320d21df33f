"""What there is to do: the course, the learner's record of it, and today's plan."""

from collections.abc import Callable
from dataclasses import replace

from drillbox.domain import plan
from drillbox.domain.card import SECONDS
from drillbox.domain.course import Course, Item
from drillbox.domain.plan import Asking, Entry, Plan, Progress, Reading
from drillbox.domain.variant import fingerprint
from drillbox.errors import ContentError
from drillbox.history.log import Log


def adopt(course: Course, log: Log) -> None:
    """Tell the history which items there are, so that `due` counts no deleted ones."""
    live: dict[str, tuple[tuple[str, ...], str]] = {
        item.id: (item.was, fingerprint(item)) for item in course.items.values()
    }
    for name in (*course.exercises, *course.runs):
        live.setdefault(name, ((), ""))
    log.set_live(course.id, live)


def progress(course: Course, log: Log) -> Progress:
    """Where the learner stands in this course, with the seconds of their own log."""
    by_item, by_kind = log.seconds(course.id)

    def seconds(item: Item) -> float:
        kind = item.card.kind
        return by_item.get(item.id) or by_kind.get(kind) or float(SECONDS[kind])

    marks = {item.id: fingerprint(item) for item in course.items.values()}
    states, read = log.schedule(course.id), log.read_drops(course.id)
    return Progress(states, read, marks, seconds, log.spent(course.id))


def today(
    course: Course,
    log: Log,
    minutes: int | None = None,
    everything: bool = False,
) -> Plan:
    """Today's plan."""
    where = progress(course, log)
    made = plan.make(course, where, log.today(), minutes, everything)
    return _once(made, where.seconds)


def _once(made: Plan, seconds: Callable[[Item], float]) -> Plan:
    """A card that is new and was brought too is planned twice; ask it once."""
    seen: set[str] = set()
    twice = [entry for entry in (*made.entries, *made.spare) if _again(entry, seen)]
    if not twice:
        return made
    left = {id(entry) for entry in twice}
    gone = [e for e in made.entries if id(e) in left and isinstance(e, Asking)]
    return replace(
        made,
        entries=tuple(e for e in made.entries if id(e) not in left),
        spare=tuple(e for e in made.spare if id(e) not in left),
        seconds=made.seconds - sum(seconds(entry.item) for entry in gone),
    )


def _again(entry: Entry, seen: set[str]) -> bool:
    """Is it a card that was there before?"""
    if isinstance(entry, Reading) or entry.item.id not in seen:
        seen.update([] if isinstance(entry, Reading) else [entry.item.id])
        return False
    return True


def practice(course: Course, number: int) -> Plan:
    """Every card of one drop, outside the schedule; ContentError if there is none."""
    try:
        return plan.practice(course.drop(number))
    except KeyError:
        last = len(course.drops)
        message = f"there is no drop {number}; this course has drops 1 to {last}"
        raise ContentError(message) from None
