"""Twins: cards that are easily confused, and name each other in `contrast`."""

from collections.abc import Iterator, Mapping

from drillbox.domain.course import Course, Item
from drillbox.library.wording import nearest
from drillbox.workbench.found import Found, in_card

FIELD = ("contrast",)


def unpaired(course: Course) -> Iterator[Found]:
    """What keeps two cards from being twins."""
    cards: dict[str, Item] = {}
    for item in course.items.values():
        cards.setdefault(item.card.id, item)
    for item in cards.values():
        if item.card.contrast is not None:
            for what, instead in _wrong(item, item.card.contrast, cards):
                yield in_card(item, FIELD, what, instead)


def _wrong(
    item: Item, name: str, cards: Mapping[str, Item]
) -> Iterator[tuple[str, str]]:
    if name not in cards:
        near = nearest(name, [*cards])
        advice = f"write `{near}`" if near else "name one that there is"
        yield f"there is no card `{name}`", advice
        return
    twin = cards[name]
    if name == item.card.id:
        yield "a card is no twin of itself", "name another one"
    elif twin.card.contrast != item.card.id:
        advice = f"write `contrast: {item.card.id}` there, or leave this out"
        yield f"{name} does not name this card", advice
    elif twin.group is not None and twin.group == item.group:
        what = f"both are of the group {twin.group}, so they never meet side by side"
        yield what, "leave one of the two fields out"
    elif item.core and twin.core and item.drop == twin.drop:
        what = "both are core cards of one drop, and first met on different days"
        yield what, "put one after the core"
