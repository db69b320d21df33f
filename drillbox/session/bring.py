"""The cards on a mistake that an exercise has shown: which come today, which later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drillbox.domain import event
from drillbox.domain.course import Course, Item
from drillbox.domain.event import Draft
from drillbox.domain.plan import PASSED
from drillbox.domain.schedule import ItemState
from drillbox.history.log import Log
from drillbox.session import words
from drillbox.words import _, ngettext


@dataclass(frozen=True)
class Cards:
    """The cards on a misconception. waiting: due today anyway, or brought before. more:
    not due, so a bring makes them so. later: their drops were not read yet."""

    waiting: tuple[Item, ...] = ()
    more: tuple[Item, ...] = ()
    later: tuple[Item, ...] = ()

    def draft(self, course: str, cause: str) -> Iterator[Draft]:
        """The event that brings them, if it would bring any. cause: the diagnosis."""
        if self.more:
            items = [item.id for item in self.more]
            yield Draft(event.BRING, course, body={"items": items, "cause": cause})

    def said(self, course: str, brought: bool) -> Iterator[str]:
        """What a learner is told. brought: the draft was recorded."""
        n = len(self.waiting) + len(self.more) * brought
        if n:
            yield ngettext(
                "{n} card on this comes today.", "{n} cards on this come today.", n
            ).format(n=n)
        if self.later:
            named = ", ".join(_named(course, item) for item in self.later)
            yield _("Later, with their drops: {cards}.").format(cards=named)


def cards(course: Course, log: Log, names: Iterable[str]) -> Cards:
    """What becomes of these cards of the course (their ids, or their items') today.

    A suspended card stays away, and so does one that was answered well today.
    """
    wanted, states = set(names), log.schedule(course.id)
    read, today = log.read_drops(course.id), log.today()
    opened = {drop.number for drop in course.drops if drop.id in read}
    waiting, more, later = [], [], []
    for item in course.items.values():
        state = states.get(item.id, ItemState())
        if wanted.isdisjoint((item.id, item.card.id)) or state.suspended:
            continue
        if item.drop not in opened:
            later.append(item)
        elif _waits(state, today):
            waiting.append(item)
        elif not _done(state, today):
            more.append(item)
    return Cards(tuple(waiting), tuple(more), tuple(later))


def _named(course: str, item: Item) -> str:
    card = words.card(course, item, 0)
    return _("{card} (drop {n})").format(card=card, n=item.drop)


def _done(state: ItemState, today: int) -> bool:
    """Answered well today."""
    return state.last_answer == today and (state.last_answer_quality or 0) >= PASSED


def _waits(state: ItemState, today: int) -> bool:
    """It comes today anyway."""
    if state.due is not None and state.due <= today:
        return True
    again = state.last_answer == today or state.brought == today
    return again and not _done(state, today)
