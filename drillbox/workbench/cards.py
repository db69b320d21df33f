"""What a card must prove beyond its form: that every variant of it works."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from drillbox.domain.card import ChoiceCard, ClozeCard
from drillbox.domain.course import Item
from drillbox.domain.mathtext import refusals
from drillbox.domain.variant import Variant, draw, seed_of
from drillbox.errors import ContentError
from drillbox.library.marks import Path
from drillbox.words import _
from drillbox.workbench.algebra import unequal
from drillbox.workbench.found import Found, in_card, refused
from drillbox.workbench.proof import unproved

VARIANTS = 200
LONGEST = 1_500  # characters of one text; a terminal page holds about as many
_NO_MARKDOWN = frozenset(
    {
        "code",
        "fix",
        "check",
        "formula",
        "id",
        "kind",
        "contrast",
        "group",
        "let",
        "value",
        "when",
        "where",
        "change",
        "equal",
        "run",
        "symbols",
    }
)


class Drawn(NamedTuple):
    """An item with the variants that every check looks at."""

    item: Item
    variants: tuple[Variant, ...]


def drawn(course: str, items: Iterable[Item], found: list[Found]) -> Iterator[Drawn]:
    """Every item with its variants; an item that cannot be drawn is added to `found`.

    The seeds are those of a learner's first answers in the course with this id.
    """
    for item in items:
        seeds = (seed_of(course, item.id, k) for k in range(VARIANTS))
        try:
            yield Drawn(item, tuple(draw(item, seed) for seed in seeds))
        except ContentError as error:
            found.append(refused(item, error))


def checked(entry: Drawn) -> Iterator[Found]:
    """Everything that is wrong with one item."""
    item = entry.item
    if item.blank is None or _first_blank(item):
        yield from _texts(item)
    if isinstance(item.card, ChoiceCard):
        yield from _options(item, item.card)
    yield from unequal(item)
    yield from unproved(item, entry.variants)


def _first_blank(item: Item) -> bool:
    card = item.card
    return isinstance(card, ClozeCard) and item.blank == next(iter(card.blanks))


def _options(item: Item, card: ChoiceCard) -> Iterator[Found]:
    counts = Counter(" ".join(option.text.split()) for option in card.options)
    for text, count in counts.items():
        if count > 1:
            what = _("{n} options read `{text}`").format(n=count, text=text)
            yield in_card(item, ("options",), what, _("change all but one"))
    for k, option in enumerate(card.options):
        if option.right and option.misconception:
            what = _("a right option names a misconception")
            yield in_card(item, ("options", k), what, _("name it under a wrong one"))


def _texts(item: Item) -> Iterator[Found]:
    for path, text in texts_of(item.card, ()):
        if isinstance(item.card, ClozeCard):
            for name in item.card.blanks:
                text = text.replace(f"[[{name}]]", "____")
        for sentence in refusals(text):
            yield in_card(item, path, sentence, _("write it another way"))
        if len(text) > LONGEST:
            what = _("{n} characters are too long for a card")
            what = what.format(n=len(text))
            advice = _("keep it under {limit}").format(limit=LONGEST)
            yield in_card(item, path, what, advice)


def texts_of(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text that is shown, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NO_MARKDOWN:
                yield from texts_of(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_of(inner, (*path, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from texts_of(inner, (*path, index))
