"""What a card should have and has not yet: warnings, each with what to write."""

from collections.abc import Iterable, Iterator

from drillbox.domain.card import Card, SpotCard
from drillbox.domain.course import Item
from drillbox.words import _
from drillbox.workbench.found import Found, in_card


def missing(items: Iterable[Item]) -> Iterator[Found]:
    """What these items' cards lack; each card is looked at once."""
    seen = set()
    for item in items:
        if item.card.id not in seen:
            seen.add(item.card.id)
            for what, instead in _lacks(item.card):
                yield in_card(item, (), what, instead)


def _lacks(card: Card) -> Iterator[tuple[str, str]]:
    if card.source is None:
        advice = _(
            "write paper and equation, repository and path, or `derived here: by …`"
        )
        yield _("has no `source`"), advice
    if isinstance(card, SpotCard) and card.run is None:
        advice = _("write `run:` with inputs on which it and its repaired twin differ")
        yield _("its code is not run"), advice
