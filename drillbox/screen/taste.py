"""Light or dark, as it was chosen last. Standard library only: the first paint asks.

A settings file that a person wrote is never written to. Beside one, what a key chose is
kept in a file of its own, and holds until the settings name another theme than then.
"""

import os
import re

from drillbox import places
from drillbox.errors import DrillboxError
from drillbox.words import _

THEMES = ("light", "dark")
_HEAD = "# Written by drillbox when light or dark was chosen; yours to change.\n"
_THEME = re.compile(rb"^theme:[ \t]*[\"']?(light|dark)\b", re.MULTILINE)


def never_asked() -> bool:
    """Is this the very first time: no settings, no choice, no record of answers?"""
    kept = (places.settings(), places.chosen_theme(), places.database())
    return not any(map(os.path.lexists, kept))


def chosen() -> str | None:
    """The theme that was chosen last, by a key or in the settings; None: neither."""
    said = _said()
    theme, _, against = (
        _text(places.chosen_theme())
        .decode("ascii", "replace")
        .partition(" instead of ")
    )
    return theme if theme in THEMES and against.strip() == str(said) else said


def remember(theme: str) -> None:
    """Keep a choice. DrillboxError where nothing can be written."""
    try:
        os.makedirs(places.home(), exist_ok=True)
        if not os.path.lexists(places.settings()) or _ours():
            _write(places.settings(), f"{_HEAD}theme: {theme}\n")
        else:
            _write(places.chosen_theme(), f"{theme} instead of {_said()}\n")
    except OSError as error:
        said = _("{path}: cannot be written ({why})")
        why = error.strerror or error
        raise DrillboxError(said.format(path=places.home(), why=why)) from None


def _said() -> str | None:
    """The theme in the settings, as far as can be seen without reading YAML."""
    found = _THEME.search(_text(places.settings()))
    return found[1].decode() if found else None


def _ours() -> bool:
    """Are the settings, letter by letter, what was written here?"""
    text = _text(places.settings())
    return any(text == f"{_HEAD}theme: {theme}\n".encode() for theme in THEMES)


def _text(path: str) -> bytes:
    """A file's bytes; one that cannot be read says nothing (its reader says why)."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _write(path: str, text: str) -> None:
    aside = f"{path}.new"
    with open(aside, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(aside, path)
