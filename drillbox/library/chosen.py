"""The course that was chosen last in the library; the next start opens it.

It is kept in a file of its own: the settings are never written over a person's, and the
record is merged with that of other machines, where the course may not be. Standard
library only.
"""

import os

from drillbox import places
from drillbox.errors import DrillboxError
from drillbox.words import _


def course() -> str | None:
    """The directory of an added course; None: the shipped one, or nothing was chosen.

    Whether it is still there is for its reader to say.
    """
    try:
        with open(places.chosen_course(), encoding="utf-8") as file:
            name = file.read(1000).strip()
    except (OSError, ValueError):  # none; or spoiled, which says nothing
        return None
    bare = name and name == os.path.basename(name) and not name.startswith(".")
    return os.path.join(places.courses(), name) if bare else None


def remember(path: str | None) -> None:
    """Keep a choice, None for the shipped course. DrillboxError if that cannot be."""
    try:
        if path is None:
            _remove(places.chosen_course())
        else:
            _write(places.chosen_course(), f"{os.path.basename(path)}\n")
    except OSError as error:
        why = error.strerror or error
        raise DrillboxError(
            _("{home}: cannot be written ({why})").format(home=places.home(), why=why)
        ) from None


def _remove(path: str) -> None:
    if os.path.lexists(path):
        os.remove(path)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    aside = f"{path}.new"
    with open(aside, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(aside, path)
