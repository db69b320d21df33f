"""Where things stand in a YAML file. Slow, so only asked when something is wrong."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from yaml import CSafeLoader
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

MAX_DEPTH = 60  # lists and mappings inside each other
MAX_NAME = 60  # characters of a field's name that are shown

Path = tuple[str | int, ...]
Spot = tuple[int, int]


def spot(event: Any) -> Spot:
    """Line and column, from 1, at which an event starts."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def visible(text: str) -> str:
    """The text with what would command the terminal written out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def field_name(path: Path) -> str:
    """A path as authors read it: `cards[3].options[1].why`, entries counted from 1."""
    text = ""
    for part in path:
        text += (
            f"[{part + 1}]" if isinstance(part, int) else f".{visible(part[:MAX_NAME])}"
        )
    return text.removeprefix(".")


def spots_of(text: str) -> Mapping[Path, tuple[Spot, Spot]]:
    """Path → where its name (or, in a list, the entry) and where its value starts.

    Of two fields with one name the first counts. What stands under an alias is not
    listed. Ends at the first thing that is no YAML.
    """
    walk = _Walk(CSafeLoader(text))
    with suppress(YAMLError):  # reported by whoever read the file
        walk.document()
    return walk.spots


class _Walk:
    def __init__(self, parser: CSafeLoader) -> None:
        self.parser = parser
        self.spots: dict[Path, tuple[Spot, Spot]] = {}

    def document(self) -> None:
        """Walk over the first document, if there is one."""
        self.parser.get_event()
        if isinstance(self.parser.get_event(), DocumentStartEvent):
            self.node(self.parser.get_event(), (), None)

    def node(self, event: Any, path: Path, name: Spot | None) -> None:
        """Note one node and everything in it; its first event has been read."""
        self.spots.setdefault(path, (name or spot(event), spot(event)))
        if len(path) > MAX_DEPTH:
            raise YAMLError("too deep")  # refused by whoever read the file
        if isinstance(event, MappingStartEvent):
            self.mapping(path)
        elif isinstance(event, SequenceStartEvent):
            self.sequence(path)

    def mapping(self, path: Path) -> None:
        """Note the fields of a mapping."""
        while isinstance(key := self.parser.get_event(), ScalarEvent | AliasEvent):
            name = key.value if isinstance(key, ScalarEvent) else f"*{key.anchor}"
            self.node(self.parser.get_event(), (*path, name), spot(key))

    def sequence(self, path: Path) -> None:
        """Note the entries of a list."""
        index = 0
        starts = (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent)
        while isinstance(event := self.parser.get_event(), starts):
            self.node(event, (*path, index), None)
            index += 1
