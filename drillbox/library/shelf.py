"""The courses there are: the shipped one, and those that `drillbox add` put in."""

import os
from dataclasses import dataclass

from drillbox import places
from drillbox.library.sheet import read_sheet
from drillbox.words import _


@dataclass(frozen=True, slots=True)
class Book:
    """A course by its cover. path: what `--course` takes; None for the shipped one.
    trouble: why its course.yaml cannot be used; the id is then its directory's name."""

    path: str | None
    id: str
    title: str
    goal: str = ""
    trouble: str = ""


def shelf() -> tuple[Book, ...]:
    """Every course, the shipped one first; only course.yaml of each is read."""
    return (_book(None, places.shipped_course()), *map(_added, added()))


def added() -> list[str]:
    """The directories of added courses, by name; a course being copied is none."""
    top = places.courses()
    try:
        names = sorted(os.listdir(top))
    except OSError:  # nothing was ever added
        return []
    paths = [os.path.join(top, name) for name in names if name[0] != "."]
    return [path for path in paths if os.path.isdir(path)]


def others(directory: str) -> bool:
    """Is there a course beside the one in `directory`?"""
    here = os.path.abspath(directory)
    there = (places.shipped_course(), *added())
    return any(os.path.abspath(path) != here for path in there)


def _added(directory: str) -> Book:
    return _book(directory, directory)


def _book(path: str | None, directory: str) -> Book:
    sheet = read_sheet("course.yaml", os.path.join(directory, "course.yaml"))
    name = os.path.basename(directory)
    if sheet.model is None:
        why = str(sheet.problems[0]) if sheet.problems else _("course.yaml is empty")
        return Book(path, name, name, trouble=why)
    head = sheet.model
    return Book(path, head.id, head.title, head.goal)
