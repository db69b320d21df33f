"""A known wrong solution: a file of code that begins with what is to be said of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drillbox.errors import Problem
from drillbox.grader.printable import line
from drillbox.words import _

FIELDS = ("id", "message", "idea", "misconception")
_MOST = 2000  # characters of a field
_FIELD = re.compile(rf"#\s*({'|'.join(FIELDS)}):\s*(.*)")


@dataclass(frozen=True)
class Wrong:
    """A wrong solution that people write.

    message: one sentence, said after "consistent with". idea: where the mistake comes
    from and why it is one. misconception: an id of the course, which knows its cards.
    """

    id: str
    message: str
    idea: str
    misconception: str
    file: str
    source: str


def read(source: str, file: str) -> tuple[Wrong | None, list[Problem]]:
    """The wrong solution in this text, or what is wrong with its header."""
    fields = dict.fromkeys(FIELDS, "") | _fields(source)
    missing = [name for name in FIELDS if not fields[name]]
    if missing:
        return None, [_missing(file, name) for name in missing]
    shown = {name: line(text, _MOST) for name, text in fields.items()}
    return Wrong(**shown, file=file, source=source), []


def _missing(file: str, name: str) -> Problem:
    what = _("is missing in the header")
    instead = _("begin with `# {field}: …`").format(field=name)
    return Problem(file, 1, 1, name, what, instead)


def _fields(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for one in _header(source):
        match = _FIELD.match(one)
        if match:
            last = match[1]
            found[last] = match[2].strip()
        elif last:
            found[last] = f"{found[last]} {one.lstrip('# ').strip()}".strip()
    return found


def _header(source: str) -> Iterator[str]:
    for one in source.splitlines():
        if not one.startswith("#"):
            return
        yield one
