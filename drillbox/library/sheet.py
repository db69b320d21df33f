"""One content file: read, validated, its cards checked; or taken from the cache."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from drillbox.domain.card import Card
from drillbox.domain.course import (
    CourseFile,
    DropFile,
    Misconception,
    Question,
    Term,
)
from drillbox.errors import Problem
from drillbox.library import yaml12
from drillbox.library.cache import Entry, look_of
from drillbox.library.cardcheck import findings
from drillbox.library.marks import Path
from drillbox.library.mend import mended
from drillbox.library.records import Missed, folder_of, resolved
from drillbox.library.traps import place as position
from drillbox.library.wording import problems_of
from drillbox.library.yaml12 import Document
from drillbox.words import _

MAX_BYTES = 4_000_000  # of one file

SHAPES: dict[str, Any] = {
    "course.yaml": CourseFile,
    "misconceptions.yaml": tuple[Misconception, ...],
    "questions.yaml": tuple[Question, ...],
    "glossary.yaml": tuple[Term, ...],
}
_ADAPTERS = {name: TypeAdapter(shape) for name, shape in SHAPES.items()}
_DROP: TypeAdapter[DropFile] = TypeAdapter(DropFile)
_CARD: TypeAdapter[Card] = TypeAdapter(Card)


def shape_of(name: str) -> Any:
    """What a file of this name holds, as a type."""
    return SHAPES.get(name, DropFile)


def adapter_of(name: str) -> TypeAdapter[Any]:
    """What validates a file of this name."""
    return _ADAPTERS.get(name, _DROP)


@dataclass
class Sheet:
    """One file of a course. name: within the course; path: as people see it.

    model: what it holds, None if it cannot be used. cards: those whose form is right,
    each with its place in the list. problems: of this file alone.
    """

    name: str
    path: str
    model: Any = None
    cards: Sequence[tuple[int, Card]] = ()
    lines: Sequence[int] = ()
    problems: list[Problem] = field(default_factory=list)
    raw: Any = None
    entry: Entry | None = None  # for the cache

    @cached_property
    def document(self) -> Document:
        """The source, read again: only asked when something is wrong."""
        try:
            return yaml12.read(bytes_of(self.path)[0], self.path)
        except OSError:
            return Document(self.path, None)

    def problem(
        self, path: Path, what: str, instead: str = "", at_name: bool = False
    ) -> Problem:
        """A problem at this path in the file."""
        return self.document.problem(path, what, instead, at_name)

    def line_of(self, index: int) -> int:
        """The line on which the card at this place in the list starts."""
        return self.lines[index] if index < len(self.lines) else 1


def read_sheet(name: str, path: str) -> Sheet:
    """Read and check one file. What is wrong is in `problems`, nothing is raised."""
    sheet = Sheet(name, path)
    try:
        raw, look = bytes_of(path)
    except OSError as error:
        what = _("cannot be read ({why})").format(why=error.strerror or error)
        advice = _("make it a readable file, or delete it")
        sheet.problems.append(Problem(path, 1, 1, "file", what, advice))
        return sheet
    document = sheet.document = yaml12.read(raw, path)
    sheet.problems += document.problems
    if document.value is None and document.problems:
        return sheet
    _validate(sheet, document)
    if not sheet.problems:
        lines = ",".join(map(str, sheet.lines))
        sheet.entry = Entry(look, lines, to_json(document.value))
        del sheet.document  # 50 KB of source each
    return sheet


def recall_sheet(name: str, path: str, entry: Entry) -> Sheet | None:
    """The same from a cache entry; None if the entry is of no use."""
    missed: list[Missed] = []
    try:
        if b"run:" in entry.body:
            value = resolved(from_json(entry.body), folder_of(path), missed)
            model = adapter_of(name).validate_python(value)
        else:
            model = adapter_of(name).validate_json(entry.body)
        lines = [int(line) for line in entry.lines.split(",") if line]
    except ValueError:  # pydantic's ValidationError is one
        return None
    if missed:  # a record has changed; reading the file again says where
        return None
    sheet = Sheet(name, path, model, lines=lines)
    if isinstance(model, DropFile):
        sheet.cards = list(enumerate(model.cards))
    return sheet


def bytes_of(path: str) -> tuple[bytes, str]:
    """The file's bytes, and its look before they were read.

    Raises OSError, also for what is no file or larger than MAX_BYTES.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(_("it is no file"))  # a pipe would keep us waiting for ever
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        if status.st_size > MAX_BYTES:
            large = _("it is larger than {n} MB").format(n=MAX_BYTES // 1_000_000)
            raise OSError(large)
        return file.read(MAX_BYTES), look_of(status)


def _validate(sheet: Sheet, document: Document) -> None:
    value, missed = with_records(document)
    sheet.problems += missed
    sheet.raw = value
    try:
        sheet.model = adapter_of(sheet.name).validate_python(value)
    except ValidationError as error:
        sheet.problems += problems_of(error, shape_of(sheet.name), document)
    if shape_of(sheet.name) is DropFile:
        sheet.lines = document.lines.get("cards", ())
        sheet.cards = list(_cards(sheet.model, value))
        sheet.problems += _faults([*sheet.cards, *_mended(sheet)], document)


def with_records(document: Document) -> tuple[Any, list[Problem]]:
    """What a file holds with its references to runs replaced, and those that fail."""
    missed: list[Missed] = []
    if "run:" not in document.text:
        return document.value, []
    value = resolved(document.value, folder_of(document.file), missed)
    return value, [_missed(document, one) for one in missed]


def _missed(document: Document, one: Missed) -> Problem:
    """A problem at the reference itself, where the source has it on one line."""
    problem = document.problem(one.path, f"{one.reference}: {one.what}", one.instead)
    lines = document.text.splitlines(keepends=True)
    start = sum(map(len, lines[: problem.line - 1])) + problem.column - 1
    at = document.text.find(one.reference, start)
    if at < 0:
        return problem
    line, column = position(document.text, at)
    return replace(problem, line=line, column=column)


def _cards(model: DropFile | None, value: Any) -> Iterator[tuple[int, Card]]:
    """The cards whose form is right, though that of others may be wrong."""
    if model is not None:
        yield from enumerate(model.cards)
        return
    cards = value.get("cards") if isinstance(value, dict) else None
    for index, card in enumerate(cards if isinstance(cards, list) else ()):
        with suppress(ValidationError):  # reported with the rest of its file
            yield index, _CARD.validate_python(card)


def _mended(sheet: Sheet) -> Iterator[tuple[int, Card]]:
    """The other cards, put right so far that the rest of them can be checked."""
    cards = sheet.raw.get("cards") if isinstance(sheet.raw, dict) else None
    sound = {index for index, _ in sheet.cards}
    for index, raw in enumerate(cards if isinstance(cards, list) else ()):
        card = None if index in sound else mended(raw, _CARD.validate_python, Card)
        if card is not None:
            yield index, card


def _faults(cards: Sequence[tuple[int, Card]], document: Document) -> Iterator[Problem]:
    for index, card in cards:
        for found in findings(card):
            path = ("cards", index, *found.path)
            yield document.problem(path, found.what, found.instead, found.at_name)
