"""exercise.yaml with the place of every field, so that a problem can be pointed at.

A small part of YAML is enough here, and safer: no tags, no aliases, no two equal
fields; `yes` and `no` are text.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from drillbox.errors import Problem
from drillbox.words import _

Path = tuple[str | int, ...]
_WORDS = {"true": True, "false": False, "null": None, "": None}


@dataclass
class Reading:
    """A file as it was read: its values, where they stand, what is wrong with it."""

    file: str
    value: Any = None
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: Path, what: str, instead: str = "") -> Problem:
        """A problem at this path, or at the nearest place around it that is known."""
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        line, column = self.marks.get(known, (1, 1))
        name = ".".join(str(part) for part in path) or "file"
        return Problem(self.file, line, column, name, what, instead)


def read(file: str) -> Reading:
    """Read a file; what is wrong is in `problems`, nothing is raised."""
    reading = Reading(file)
    try:
        with open(file, encoding="utf-8-sig") as opened:
            root = yaml.compose(opened, Loader=yaml.CSafeLoader)
    except OSError as error:
        reading.problems.append(reading.problem((), f"{error.strerror}"))
    except UnicodeDecodeError:
        reading.problems.append(reading.problem((), _("the file is not UTF-8")))
    except yaml.YAMLError as error:
        reading.problems.append(_broken(file, error))
    else:
        reading.value = _value(reading, root, (), set()) if root else {}
    return reading


def _broken(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or error).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = _("this is no YAML: {why}").format(why=what)
    return Problem(file, line, column, "file", said)


def _value(reading: Reading, node: yaml.Node, path: Path, seen: set[int]) -> Any:
    reading.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        reading.problems.append(reading.problem(path, _("aliases are not read here")))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if hidden := [c for c in node.value if c not in "\n\t" and not c.isprintable()]:
            what = _("the character U+{code:04X} cannot be shown")
            what = what.format(code=ord(hidden[0]))
            reading.problems.append(reading.problem(path, what, _("leave it out")))
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        entries = enumerate(node.value)
        return [_value(reading, entry, (*path, k), seen) for k, entry in entries]
    return _mapping(reading, node, path, seen)


def _mapping(reading: Reading, node: yaml.Node, path: Path, seen: set[int]) -> Any:
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        here = (*path, name)
        reading.marks[here] = (key.start_mark.line + 1, key.start_mark.column + 1)
        if name in values:
            reading.problems.append(reading.problem(here, _("this field stands twice")))
        values[name] = _value(reading, value, here, seen)
        reading.marks[here] = (key.start_mark.line + 1, key.start_mark.column + 1)
    return values


def _scalar(node: yaml.ScalarNode) -> Any:
    text: str = node.value
    if node.style:  # quoted, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    for kind in (int, float):
        try:
            return kind(text) if text[:1] in "+-.0123456789" else text
        except ValueError:
            continue
    return text
