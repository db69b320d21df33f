"""What lint finds, and where in the author's file it stands."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drillbox.domain.course import Drop, Item
from drillbox.domain.variant import place
from drillbox.errors import AnswerError, ContentError, Problem
from drillbox.library import yaml12
from drillbox.library.marks import Path, field_name
from drillbox.library.sheet import bytes_of
from drillbox.library.yaml12 import Document
from drillbox.words import _


class Found(NamedTuple):
    """One thing wrong. who: `card sum` or `drop 1`; line: where the card starts, None
    where `path` counts from the top of the file."""

    file: str
    who: str
    line: int | None
    path: Path
    what: str
    instead: str = ""


def in_card(item: Item, path: Path, what: str, instead: str = "") -> Found:
    """Something wrong in an item's card; path: from the card on."""
    who = _("card {id}").format(id=item.card.id)
    return Found(item.file, who, item.line, path, what, instead)


def refused(item: Item, error: ContentError | AnswerError) -> Found:
    """What the domain refused about a card, without the place that it starts with."""
    sentence = str(error).removeprefix(f"{place(item)}: ")
    field, _colon, what = sentence.partition(": ")
    names = field.split(".")
    if what and names[0] in type(item.card).model_fields:
        path = tuple(int(name) if name.isdigit() else name for name in names)
        return in_card(item, path, what)
    return in_card(item, (), sentence)


def in_drop(drop: Drop, path: Path, what: str, instead: str = "") -> Found:
    """Something wrong in the head of a drop."""
    who = _("drop {n}").format(n=drop.number)
    return Found(drop.file, who, None, path, what, instead)


def located(found: Iterable[Found]) -> Iterator[Problem]:
    """Each with line and column; every file is read once more, if at all."""
    documents: dict[str, Document] = {}
    for one in found:
        if one.file not in documents:
            raw = bytes_of(one.file)[0]
            documents[one.file] = yaml12.read(raw, one.file)
        document = documents[one.file]
        path: Path = one.path
        if one.line is not None:
            path = (*_card(document, one.line), *path)
        line, column = document.place(path)
        name = ": ".join(filter(None, (one.who, field_name(one.path))))
        yield Problem(one.file, line, column, name, one.what, one.instead)


def _card(document: Document, line: int) -> Path:
    """Where the card that starts on this line is: of a drop, of a list, or alone."""
    for name, before in (("cards", ("cards",)), ("", ())):
        if line in document.lines.get(name, ()):
            return (*before, document.lines[name].index(line))
    return ()
