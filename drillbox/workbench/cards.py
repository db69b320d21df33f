"""What a card must prove beyond its form: that every variant of it works."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from drillbox.domain.card import ChoiceCard, ClozeCard, NumericCard
from drillbox.domain.course import Course, Item
from drillbox.domain.expression import parse
from drillbox.domain.mathtext import refusals
from drillbox.domain.variant import Variant, draw, seed_of
from drillbox.errors import ContentError, Problem

VARIANTS = 200
MOST = VARIANTS * 3 // 4  # a wrong formula may be right by chance, not as a rule
LONGEST = 1_500  # characters of one text; a terminal page holds about as many
SAME = 1e-9
_NO_MARKDOWN = frozenset({"code", "fix", "check", "formula", "id", "kind"})


class Drawn(NamedTuple):
    """An item with the variants that every check looks at."""

    item: Item
    variants: tuple[Variant, ...]


def drawn(course: Course, problems: list[Problem]) -> Iterator[Drawn]:
    """Every item with its variants; an item that cannot be drawn is a problem."""
    for item in course.items.values():
        seeds = (seed_of(course.id, item.id, k) for k in range(VARIANTS))
        try:
            yield Drawn(item, tuple(draw(item, seed) for seed in seeds))
        except ContentError as error:
            problems.append(at(item, "vars", str(error)))


def at(item: Item, field: str, what: str, instead: str = "") -> Problem:
    """A problem of this item's card."""
    where = f"card {item.id}: {field}"
    return Problem(item.file, item.line, 1, where, what, instead)


def checked(entry: Drawn) -> Iterator[Problem]:
    """Everything that is wrong with one item."""
    item = entry.item
    if item.blank is None or item.core or _first_blank(item):
        yield from _texts(item)
    if isinstance(item.card, NumericCard):
        yield from _numbers(entry, item.card)
    elif isinstance(item.card, ChoiceCard):
        texts = [option.text for option in item.card.options]
        if len(set(texts)) < len(texts):
            yield at(item, "options", "two options read the same", "change one")


def _first_blank(item: Item) -> bool:
    return isinstance(item.card, ClozeCard) and item.blank == next(
        iter(item.card.blanks)
    )


def _texts(item: Item) -> Iterator[Problem]:
    for field, text in _strings(item.card, ""):
        if isinstance(item.card, ClozeCard):
            for name in item.card.blanks:
                text = text.replace(f"[[{name}]]", "____")
        for sentence in refusals(text):
            yield at(item, field, sentence, "write it another way")
        if len(text) > LONGEST:
            what = f"{len(text)} characters are too long for a card"
            yield at(item, field, what, f"keep it under {LONGEST}")


def _strings(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """Every text of a card with the name of its field."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _NO_MARKDOWN:
                inner = f"{field}.{name}" if field else name
                yield from _strings(getattr(value, name), inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{field}.{key}")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _strings(inner, f"{field}.{index}")


def _numbers(entry: Drawn, card: NumericCard) -> Iterator[Problem]:
    answers = [parse(card.answer).evaluate(v.values) for v in entry.variants]
    if not all(map(math.isfinite, answers)):
        yield at(entry.item, "answer", "is not finite for some variants", "add a where")
        return
    for index, wrong in enumerate(card.wrong):
        formula = parse(wrong.formula)
        given = [formula.evaluate(v.values) for v in entry.variants]
        same = sum(_near(a, b) for a, b in zip(answers, given, strict=True))
        if same > MOST:
            what = f"equals the answer in {same} of {VARIANTS} variants"
            yield at(entry.item, f"wrong.{index}.formula", what, "add a where")


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(1.0, abs(one))
