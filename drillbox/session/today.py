"""What there is to do: the course, the learner's record of it, and today's plan."""

from drillbox.domain import plan
from drillbox.domain.card import SECONDS, Card, FormulaCard, seconds_of
from drillbox.domain.course import Course, Item
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.plan import Plan, Progress
from drillbox.errors import ContentError
from drillbox.history.log import Log
from drillbox.session.looked import Marks, States
from drillbox.words import ngettext


def adopt(course: Course, log: Log) -> None:
    """Tell the history which items there are, so that `due` counts no deleted ones."""
    live: dict[str, tuple[tuple[str, ...], str]] = {
        item.id: (item.was, fingerprint(item)) for item in course.items.values()
    }
    for name in (*course.exercises, *course.runs):
        live.setdefault(name, ((), ""))
    drops = {item.id: drop.id for drop in course.drops for item in drop.items}
    log.set_live(course.id, live, drops)


def progress(course: Course, log: Log) -> Progress:
    """Where the learner stands in this course, with the seconds of their own log."""
    by_item, by_kind = log.seconds(course.id)
    found = log.day(course.id)

    def seconds(item: Item) -> float:
        usual = None if _is_page(item.card) else by_kind.get(item.card.kind)
        return by_item.get(item.id) or usual or seconds_of(item.card)

    shortest = min([*by_item.values(), *by_kind.values(), *SECONDS.values()])
    return Progress(
        States(course, log),
        found.read,
        Marks(course),
        seconds,
        log.spent(course.id),
        shortest,
        found.waiting,
        found.touched,
        found.met,
    )


def _is_page(card: Card) -> bool:
    """A blank page takes longer than the formulas that its kind's median is of."""
    return isinstance(card, FormulaCard) and bool(card.lines)


def today(
    course: Course,
    log: Log,
    minutes: int | None = None,
    everything: bool = False,
) -> Plan:
    """Today's plan."""
    where = progress(course, log)
    return plan.make(course, where, log.today(), minutes, everything)


def practice(course: Course, number: int) -> Plan:
    """Every card of one drop, outside the schedule; ContentError if there is none."""
    try:
        return plan.practice(course.drop(number))
    except KeyError:
        last = len(course.drops)
        message = ngettext(
            "there is no drop {number}; this course has drops 1 to {n}",
            "there is no drop {number}; this course has drops 1 to {n}",
            last,
        )
        raise ContentError(message.format(number=number, n=last)) from None
