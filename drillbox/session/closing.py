"""What a session came to: what is new, what was kept, what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from drillbox.domain import statistics as counted
from drillbox.domain.course import Course, Item
from drillbox.domain.plan import Progress
from drillbox.domain.schedule import PASS, ItemState
from drillbox.domain.statistics import Share
from drillbox.history.log import Log, Recorded
from drillbox.session.figures import day_of
from drillbox.session.steps import Ask, End, Sums
from drillbox.words import _, ngettext

_DAYS = 60  # how far what comes next is looked for


@dataclass(frozen=True)
class _First:
    """A first answer of this session to `item`, which was in the state `before`."""

    item: Item
    before: ItemState
    day: int

    @property
    def is_new(self) -> bool:
        return self.before.due is None and self.before.answers == 0

    @property
    def is_review(self) -> bool:
        """Was it due? Nothing else tells what is remembered."""
        return self.before.due is not None and self.before.due <= self.day


@dataclass
class Firsts:
    """The first answers of a session, by event; no practice, no repetition."""

    given: dict[str, _First] = field(default_factory=dict)

    def add(self, step: Ask, recorded: Recorded) -> None:
        """Take in an answer, if it is a first one."""
        met = any(first.item is step.item for first in self.given.values())
        if not met and step.cause not in ("practice", "again"):
            event = recorded.event
            self.given[event.id] = _First(step.item, recorded.before, event.day)

    def forget(self, event: str) -> None:
        """That answer was undone."""
        self.given.pop(event, None)

    def sums(
        self,
        course: Course,
        log: Log,
        grades: Mapping[str, int | None],
        progress: Progress,
    ) -> Sums:
        """With their qualities by event, on the schedule as it stands now."""
        reviews = [grades[e] for e, first in self.given.items() if first.is_review]
        right = sum(quality is not None and quality >= PASS for quality in reviews)
        tomorrow = log.today() + 1
        waits = log.waiting(course.id, tomorrow + _DAYS)
        dues = {item: day for item, day, _ in waits if item in course.items}
        load = [course.items[item] for item, day in dues.items() if day <= tomorrow]
        ahead = counted.forecast(dues.values(), tomorrow, _DAYS)
        return Sums(
            tuple(first.item.drop for first in self.given.values() if first.is_new),
            Share(right, len(reviews)),
            len(load),
            sum(progress.seconds(item) for item in load),
            next(((day, count) for day, count in ahead if count), None),
        )


# -- in words


def done(step: End) -> str:
    """How many answers, how many of them right, and how long it took."""
    if not step.answered:
        return _("Nothing was asked.")
    n, minutes = step.answered, round(step.seconds / 60)
    answers = ngettext("{n} answer", "{n} answers", n).format(n=n)
    took = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    took = took if minutes else _("under a minute")
    said = _("Done: {answers}, {right} right, in {time}.")
    return said.format(answers=answers, right=step.right, time=took)


def lines(found: Sums) -> Iterator[str]:
    """What both shells say of it."""
    said = [part for part in (_new(found.new), _kept(found.kept)) if part]
    if said:
        yield " ".join(said)
    if found.later:
        day, n = found.later
        later = ngettext(
            "{tomorrow}; then {n} on {day}.", "{tomorrow}; then {n} on {day}.", n
        )
        yield later.format(tomorrow=_tomorrow(found), n=n, day=day_of(day))
    elif found.tomorrow:
        yield f"{_tomorrow(found)}."


def _new(drops: tuple[int, ...]) -> str:
    if not drops:
        return ""
    n, numbers = len(drops), [str(number) for number in sorted(set(drops))]
    of = ngettext("drop {numbers}", "drops {numbers}", len(numbers))
    said = ngettext("New: {n} card of {drops}.", "New: {n} cards of {drops}.", n)
    return said.format(n=n, drops=of.format(numbers=", ".join(numbers)))


def _kept(kept: Share) -> str:
    if not kept.count:
        return ""
    said = ngettext(
        "Reviews: {right} of {n} right.", "Reviews: {right} of {n} right.", kept.count
    )
    return said.format(right=kept.right, n=kept.count)


def _tomorrow(found: Sums) -> str:
    if not found.tomorrow:
        return _("Tomorrow: no card is due")
    n, minutes = found.tomorrow, max(1, round(found.seconds / 60))
    about = ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)
    said = ngettext("Tomorrow: {n} card, {time}", "Tomorrow: {n} cards, {time}", n)
    return said.format(n=n, time=about)
