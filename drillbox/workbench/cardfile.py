"""One file: of cards that belong to no drop yet (one, or a list), or a drop alone."""

import os
from typing import Any

from pydantic import TypeAdapter, ValidationError

from drillbox.domain.card import Card
from drillbox.domain.course import CORE_CARDS, Item, items_of
from drillbox.errors import Problem
from drillbox.library import yaml12
from drillbox.library.cardcheck import findings
from drillbox.library.marks import Path
from drillbox.library.sheet import Sheet, bytes_of, read_sheet, with_records
from drillbox.library.wording import problems_of
from drillbox.library.yaml12 import Document
from drillbox.words import _

_Cards = tuple[Card, ...]
_ONE: TypeAdapter[Card] = TypeAdapter(Card)
_MANY: TypeAdapter[_Cards] = TypeAdapter(_Cards)


def read(path: str) -> Document:
    """The document of a YAML file; what keeps it from being read is a problem of it."""
    try:
        return yaml12.read(bytes_of(path)[0], path)
    except OSError as error:
        what = _("cannot be read ({why})").format(why=error.strerror or error)
        advice = _("give a readable file")
        return Document(path, None, (Problem(path, 1, 1, "file", what, advice),))


def parsed(raw: bytes, path: str) -> Document:
    """The document that this text would be, if the file had it."""
    return yaml12.read(raw, path)


def cards(document: Document) -> tuple[list[Item], list[Problem]]:
    """The items of the cards in the file, and all that is wrong with their form."""
    problems = list(document.problems)
    if document.value is None and problems:
        return [], problems
    several = isinstance(document.value, list)
    value, missed = with_records(document)
    problems += missed
    try:
        found = _validated(value, several)
    except ValidationError as error:
        model = _Cards if several else Card
        return [], [*problems, *problems_of(error, model, document)]
    items: list[Item] = []
    lines = document.lines.get("", ()) if several else ()
    for k, card in enumerate(found):
        path: Path = (k,) if several else ()
        problems += (
            document.problem((*path, *one.path), one.what, one.instead, one.at_name)
            for one in findings(card)
        )
        line = lines[k] if k < len(lines) else document.place(path)[0]
        items += items_of(card, 1, False, document.file, line)
    return items, problems


def _validated(value: Any, several: bool) -> _Cards:
    if several:
        return _MANY.validate_python(value)
    return (_ONE.validate_python(value),)


def drop(path: str) -> tuple[Sheet, list[Item]]:
    """A drop's file by itself, and the items of its cards whose form is right."""
    sheet = read_sheet(os.path.join("drops", os.path.basename(path)), path)
    items = [
        item
        for k, card in sheet.cards
        for item in items_of(card, 1, k < CORE_CARDS, path, sheet.line_of(k))
    ]
    return sheet, items
