"""YAML 1.2 (core schema) on PyYAML's C parser, with every trap of it refused.

`1e-3` is a number, `no` and `on` are text, 012 is 12, there are no dates. Built from
the parser's events: PyYAML's own constructor takes twice as long, lets the last of two
equal fields win, and ends the process on 100,000 opening brackets.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

from yaml import CSafeLoader
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from drillbox.errors import Problem
from drillbox.library.marks import (
    MAX_DEPTH,
    Path,
    Spot,
    field_name,
    spot,
    spots_of,
    visible,
)
from drillbox.library.traps import (
    QUOTES,
    controls,
    escapes,
    in_words,
    place,
    undecodable,
)
from drillbox.words import _

MAX_REPEATED = 10_000  # see _weight; of all aliases of one file together


@dataclass(frozen=True)
class Document:
    """One file, read. value: None where it could not be read to its end.

    lines: for each list that is a field of the whole, the lines (from 1) on which its
    entries start, where they are mappings; the key is "" if the whole is a list.
    empty: there is nothing in it, or only comments, which is a problem of its own.
    """

    file: str
    value: Any
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, list[int]] = field(default_factory=dict)
    text: str = ""
    empty: bool = False

    def problem(
        self, path: Path, what: str, instead: str = "", at_name: bool = False
    ) -> Problem:
        """A problem at this path; at_name: at the field's name, not at its value."""
        line, column = self.place(path, at_name)
        name = field_name(path) or "file"
        sentence = visible(what), visible(instead)
        return Problem(self.file, line, column, name, *sentence)

    def place(self, path: Path, at_name: bool = False) -> Spot:
        """Line and column of the node at `path`, or of the nearest one around it."""
        for length in range(len(path), 0, -1):
            found = self._spots.get(path[:length])
            if found is not None:
                return found[0 if at_name and length == len(path) else 1]
        return self._spots[()][1] if () in self._spots else (1, 1)

    @cached_property
    def _spots(self) -> Mapping[Path, tuple[Spot, Spot]]:
        return spots_of(self.text)


def read(raw: bytes, file: str) -> Document:
    """Read one file's bytes; what is wrong is in `problems`, nothing is raised."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Document(file, None, (undecodable(raw, error.start, file),))
    found = controls(raw, text, file)
    if found:
        return Document(file, None, found)
    return _Builder(text, file).document()


# --- what unquoted text means --------------------------------------------------------

_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN = (".nan", ".NaN", ".NAN")
_MAY_MEAN = frozenset("~nNtTfF0123456789+-.")  # other first letters make it a string
_MAX_DIGITS = 300  # what is longer overflows a double
_MAX_OTHER = 250  # so does, in hexadecimal, what is longer than this


def meaning(plain: str) -> Any:
    """What unquoted text is in the core schema: null, a bool, a number or a string."""
    if plain in _WORDS:
        return _WORDS[plain]
    if len(plain) > _MAX_DIGITS:
        return plain
    if _WHOLE.fullmatch(plain):
        return int(plain)
    if len(plain) <= _MAX_OTHER and _OTHER_BASE.fullmatch(plain):
        return int(plain[2:], 8 if plain[1] == "o" else 16)
    return _decimal(plain)


def _decimal(plain: str) -> float | str:
    if _DECIMAL.fullmatch(plain):
        return float(plain)
    infinite = _INFINITE.fullmatch(plain)
    if infinite:
        return float(f"{infinite[1]}inf")
    return float("nan") if plain in _NAN else plain


# --- from events to values -----------------------------------------------------------


class _Stop(Exception):
    """The rest of the file cannot be read; why stands in `problems`."""


_NO_NAME = object()  # a mapping whose next field has not been read yet
_OPEN = object()  # an anchor whose value is not complete
_TAG = "tag:yaml.org,2002:"


class _Builder:
    """Reads the one document of a file.

    stack: what is being read around `container`, the innermost list or mapping, each
    with the name of the field that it waits in and the anchor of what it holds.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.parser = CSafeLoader(text)
        self.problems: list[Problem] = []
        self.lines: dict[str, list[int]] = {}
        self.stack: list[tuple[Any, Any, str | None]] = []
        self.container: Any = None
        self.name: Any = _NO_NAME
        self.anchors: dict[str, Any] = {}
        self.repeated = 0
        self.empty = False

    def document(self) -> Document:
        """The document, or as many of its problems as can be known."""
        value = None
        try:
            value = self._whole()
        except YAMLError as error:
            self.problems.append(in_words(error, self.text, self.file))
        except _Stop:
            pass  # its problem is in the list
        problems = tuple(self.problems)
        return Document(self.file, value, problems, self.lines, self.text, self.empty)

    def _whole(self) -> Any:
        self.parser.get_event()  # the start of the stream
        if not isinstance(self.parser.get_event(), DocumentStartEvent):
            self.empty = True
            self._refuse((1, 1), _("is empty"), _("write its fields"))
        value = self._value()
        self.parser.get_event()  # the end of the document
        event = self.parser.get_event()
        if not isinstance(event, StreamEndEvent):
            advice = _("put it into a file of its own and leave out the `---`")
            self._refuse(spot(event), _("a second document starts here"), advice)
        return value

    def _value(self) -> Any:
        """The value of the next node.

        Every character of a course goes through this loop, so it is long and flat,
        keeps its state in local names, and hands only what is rare to others.
        """
        next_event, may_mean, stack = self.parser.get_event, _MAY_MEAN, self.stack
        container, name = self.container, self.name
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                style = event.style
                if not style:
                    if not value or value[0] in may_mean:
                        value = meaning(value)
                elif style == '"':
                    self.container, self.name = container, name
                    self._check_escapes(event)
                if event.anchor is not None or event.tag is not None:
                    self.container, self.name = container, name
                    value = self._marked(event, value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.container, self.name = container, name
                if event.anchor is not None or event.tag is not None:
                    self._marked(event, _OPEN)
                depth = len(stack)
                if depth <= 2:
                    self._note_line(event)
                if depth == MAX_DEPTH or (name is _NO_NAME and type(container) is dict):
                    self._refuse_start(event)
                stack.append((container, name, event.anchor))
                container, name = {} if kind is MappingStartEvent else [], _NO_NAME
                continue
            elif kind is AliasEvent:
                self.container, self.name = container, name
                value = self._alias(event)
            else:
                value = container
                container, name, anchor = stack.pop()
                if anchor is not None:
                    self.anchors[anchor] = value
            if type(container) is list:
                container.append(value)
            elif name is not _NO_NAME:
                container[name] = value
                name = _NO_NAME
            elif container is None:
                self.container = None
                return value
            elif type(value) is str and value not in container:
                name = value
            else:
                self.container, self.name = container, name
                name = self._odd_name(event, value)

    def _note_line(self, event: Any) -> None:
        """Note where an entry starts of a list that is the whole or a field of it."""
        if type(self.container) is list:
            name = self.stack[1][1] if len(self.stack) == 2 else ""
            if name is not _NO_NAME:
                self.lines.setdefault(name, []).append(event.start_mark.line + 1)

    def _path(self) -> Path:
        """Where the builder is."""
        around = [*((container, name) for container, name, _ in self.stack)]
        return tuple(
            len(container) if type(container) is list else name
            for container, name in [*around, (self.container, self.name)]
            if type(container) is list or name is not _NO_NAME
        )

    # --- what is rare ----------------------------------------------------------------

    def _check_escapes(self, event: Any) -> None:
        mark = event.start_mark
        source = self.text[mark.index : event.end_mark.index]
        if "\\" not in source:
            return
        start = source.index('"')  # a tag or an anchor may stand before it
        for index, what in escapes(source[start:]):
            line, column = place(source, start + index)
            column += mark.column if line == 1 else 0
            self._report((mark.line + line, column), what, _(QUOTES))
            return  # one sentence for one text

    def _marked(self, event: Any, value: Any) -> Any:
        """A value with a tag, which is refused but for !!str, or an anchor."""
        if event.tag == f"{_TAG}str" and value is not _OPEN:
            value = event.value
        elif event.tag is not None:
            tag = event.tag.replace(_TAG, "!!")
            advice = _("leave it out and quote what is text")
            unused = _("the tag {tag} is not used here").format(tag=tag)
            self._refuse(spot(event), unused, advice)
        if event.anchor in self.anchors:
            what = _("the anchor &{name} is set a second time")
            what = what.format(name=event.anchor)
            self._refuse(spot(event), what, _("give it another name"))
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def _refuse_start(self, event: Any) -> NoReturn:
        if len(self.stack) == MAX_DEPTH:
            what = _("more than {n} levels inside each other").format(n=MAX_DEPTH)
            self._refuse(spot(event), what, _("write fewer"), "file")
        advice = _("write a plain word before the colon")
        self._refuse(spot(event), _("the name of a field is no text"), advice)

    def _alias(self, event: Any) -> Any:
        if type(self.container) is dict and self.name is _NO_NAME:
            alias = _("an alias stands as a name")
            self._refuse(spot(event), alias, _("write the name"))
        if self.name == "<<":
            what = _("`<<` takes no fields over in YAML 1.2")
            self._report(spot(event), what, _("write the fields out"))
        if event.anchor not in self.anchors:
            self._no_anchor(event)
        value = self.anchors[event.anchor]
        if value is _OPEN:
            inside = _("*{name} stands inside what it repeats")
            inside = inside.format(name=event.anchor)
            self._refuse(spot(event), inside, _("write it out"))
        self.repeated += _weight(value, MAX_REPEATED)
        if self.repeated > MAX_REPEATED:
            many = _("the aliases up to here repeat more than {n} values")
            advice = _("write out what differs, drop the rest")
            self._refuse(spot(event), many.format(n=MAX_REPEATED), advice)
        return value

    def _no_anchor(self, event: Any) -> NoReturn:
        what = _("*{name} repeats something that is not there")
        advice = _("set &{name} before, or quote a text that starts with *")
        name = event.anchor
        self._refuse(spot(event), what.format(name=name), advice.format(name=name))

    def _odd_name(self, event: Any, value: Any) -> str:
        """The name of a field that is no text, or that is there already."""
        name = value if isinstance(value, str) else str(event.value)
        if name in self.container:
            self._duplicate(event, name)
        else:
            what = _("the name of a field is `{name}`, which is no text")
            quotes = _("write it in quotes: '{name}'").format(name=name)
            advice = quotes if name else _("write one")
            self._report(spot(event), what.format(name=name), advice)
        return name

    @cached_property
    def _spots(self) -> Mapping[Path, tuple[Spot, Spot]]:
        return spots_of(self.text)

    def _duplicate(self, event: Any, name: str) -> None:
        path = (*self._path(), name)
        (line, _column), _end = self._spots[path]
        what = _("this field stands on line {n} already").format(n=line)
        place = (self.file, *spot(event), field_name(path))
        self.problems.append(Problem(*place, what, _("keep one of the two")))

    def _report(self, at: Spot, what: str, instead: str, name: str = "") -> None:
        name = name or field_name(self._path()) or "file"
        sentence = visible(what), visible(instead)
        self.problems.append(Problem(self.file, *at, name, *sentence))

    def _refuse(self, at: Spot, what: str, instead: str, name: str = "") -> NoReturn:
        self._report(at, what, instead, name)
        raise _Stop


def _weight(value: Any, limit: int) -> int:
    """How many values there are in `value`, itself too; a text counts once more for
    every 100 characters. Stops counting a little above the limit."""
    waiting, weight = [value], 0
    while waiting and weight <= limit:
        value = waiting.pop()
        weight += 1 + (len(value) // 100 if isinstance(value, str) else 0)
        if isinstance(value, dict):
            waiting.extend(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return weight
