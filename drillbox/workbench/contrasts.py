"""Twins: cards that are easily confused, and name each other in `contrast`."""

from collections.abc import Iterator, Mapping

from drillbox.domain.course import Course, Item
from drillbox.library.wording import nearest
from drillbox.words import _
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
        advice = _("name one that there is")
        if near:
            advice = _("write `{word}`").format(word=near)
        yield _("there is no card `{name}`").format(name=name), advice
        return
    twin = cards[name]
    if name == item.card.id:
        yield _("a card is no twin of itself"), _("name another one")
    elif twin.card.contrast != item.card.id:
        advice = _("write `contrast: {id}` there, or leave this out").format(
            id=item.card.id
        )
        yield _("{name} does not name this card").format(name=name), advice
    elif twin.group is not None and twin.group == item.group:
        what = _(
            "both are of the group {group}, so they never meet side by side"
        ).format(group=twin.group)
        yield what, _("leave one of the two fields out")
    elif item.core and twin.core and item.drop == twin.drop:
        what = _("both are core cards of one drop, and first met on different days")
        yield what, _("put one after the core")
