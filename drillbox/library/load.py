"""A course directory → a course, or every reason why it cannot be used.

course.yaml           title, goal, phases                      (CourseFile)
drops/07-title.yaml   one sitting each, with its cards         (DropFile)
misconceptions.yaml   questions.yaml   glossary.yaml           (lists; may be absent)
exercises/            code exercises of a course that was added
"""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from drillbox.domain.card import Card
from drillbox.domain.course import (
    CORE_CARDS,
    Course,
    CourseFile,
    Drop,
    DropFile,
    Item,
    Phase,
    items_of,
)
from drillbox.errors import Problem
from drillbox.library.cache import Entry, keep, look_of, recall
from drillbox.library.coursecheck import Sheets, across
from drillbox.library.sheet import SHAPES, Sheet, read_sheet, recall_sheet
from drillbox.library.wording import nearest
from drillbox.words import _

_DROP_NAME = re.compile(r"[0-9]{2,4}-[^/]+\.yaml")
_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Loaded:
    """course: None if anything is wrong; problems: all of it, in reading order.

    sound: what stands in files without a problem, so that lint can go on with it; its
    head may be a stand-in.
    """

    course: Course | None
    problems: tuple[Problem, ...]
    sound: Course


def load_course(directory: str, cache: str | None = None) -> Loaded:
    """Read a course. cache: the path of the database of parsed files, if any.

    Nothing is raised for what stands in the directory, or for its not being there.
    """
    with _no_collection():
        sheets, problems = read_course(directory, cache)
        sound = _assembled(sheets)
    return Loaded(None if problems else sound, tuple(problems), sound)


def read_course(
    directory: str, cache: str | None = None
) -> tuple[Sheets, list[Problem]]:
    """The files of a course and everything that is wrong with them, sorted."""
    names, problems = _names(directory)
    found = _sheets(directory, names, cache)
    named = {sheet.name: sheet for sheet in found if sheet.name in SHAPES}
    drops = [sheet for sheet in found if sheet.name not in SHAPES]
    sheets = Sheets(directory, named, drops)
    problems += [problem for sheet in found for problem in sheet.problems]
    problems += across(sheets)
    return sheets, sorted(problems)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Looking for cycles among 300,000 new values, of which none is in a cycle, would
    take as long as parsing them: not while they come, nor once they are there."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


# --- which files ---------------------------------------------------------------------


def _names(directory: str) -> tuple[list[str], list[Problem]]:
    """The files to read, relative to the course, and what is wrong with the rest."""
    top, why = _listed(directory)
    if why:
        advice = _("give the directory of a course, the one with course.yaml in it")
        return [], [Problem(directory, 1, 1, "course", why, advice)]
    if "course.yaml" not in top:
        what = _("there is no course.yaml in this directory")
        advice = _("write one, or give the directory of a course")
        return [], [Problem(directory, 1, 1, "course", what, advice)]
    problems = [*_strays(directory, top)]
    drops, why = _listed(os.path.join(directory, "drops"))
    names = [name for name in drops if _DROP_NAME.fullmatch(name)]
    wrong = [name for name in drops if name.endswith(_YAML) and name not in names]
    problems += [_misnamed(directory, name) for name in wrong if name[0] != "."]
    if not names:
        problems.append(_no_drops(directory, why))
    files = [name for name in SHAPES if name in top]
    return files + [f"drops/{name}" for name in names], problems


def _listed(directory: str) -> tuple[list[str], str]:
    """The names in a directory, sorted; or why it cannot be listed."""
    try:
        return sorted(os.listdir(directory)), ""
    except FileNotFoundError:
        return [], _("there is no such directory")
    except NotADirectoryError:
        return [], _("this is a file and no directory")
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        why = getattr(error, "strerror", None) or error
        return [], _("cannot be read ({why})").format(why=why)


def _strays(directory: str, top: list[str]) -> Iterator[Problem]:
    """Files whose names are nearly those that are read."""
    absent = [name for name in SHAPES if name not in top]
    for name in top:
        near = nearest(name, absent)
        if name.endswith(_YAML) and name not in SHAPES and name[0] != "." and near:
            path = os.path.join(directory, name)
            what = _("drillbox reads no file of this name")
            advice = _("name it {name}").format(name=near)
            yield Problem(path, 1, 1, "file", what, advice)


def _misnamed(directory: str, name: str) -> Problem:
    path = os.path.join(directory, "drops", name)
    what = _("this is no name of a drop's file")
    advice = _("name it by number and title, such as 07-the-loss.yaml")
    return Problem(path, 1, 1, "file", what, advice)


def _no_drops(directory: str, why: str) -> Problem:
    path = os.path.join(directory, "drops")
    what = why or _("there is no drop in this directory")
    shut = os.path.isdir(path) and why
    first = _("write the first, drops/01-title.yaml")
    advice = _("make it readable") if shut else first
    return Problem(path, 1, 1, "drops", what, advice)


# --- read or recalled ----------------------------------------------------------------


def _sheets(directory: str, names: list[str], cache: str | None) -> list[Sheet]:
    known = recall(cache, directory) if cache and names else {}
    sheets = [_sheet(directory, name, known.get(name)) for name in names]
    new = {sheet.name: sheet.entry for sheet in sheets if sheet.entry}
    if cache and (new or known.keys() - set(names)):
        keep(cache, directory, new, set(names))
    return sheets


def _sheet(directory: str, name: str, entry: Entry | None) -> Sheet:
    path = os.path.join(directory, *name.split("/"))
    if entry is not None and entry.look == _look(path):
        sheet = recall_sheet(name, path, entry)
        if sheet is not None:
            return sheet
    return read_sheet(name, path)


def _look(path: str) -> str | None:
    try:
        return look_of(os.stat(path))
    except OSError:
        return None  # reading it will say why


# --- the course ----------------------------------------------------------------------


_HEADLESS = CourseFile(
    id="course",
    title="-",
    goal="-",
    level="-",
    category="-",
    days=1,
    minutes=(1, 1),
    phases=(Phase(title="-", outcome="-"),),
)


def _assembled(sheets: Sheets) -> Course:
    drops = [_drop(sheet) for sheet in sheets.drops if not sheet.problems]
    named = {name: sheet.model for name, sheet in sheets.named.items() if sheet.model}
    return Course(
        head=named.get("course.yaml", _HEADLESS),
        drops=tuple(sorted(drops, key=lambda drop: drop.number)),
        misconceptions=named.get("misconceptions.yaml", ()),
        questions=named.get("questions.yaml", ()),
        glossary=named.get("glossary.yaml", ()),
        directory=sheets.directory,
    )


def _drop(sheet: Sheet) -> Drop:
    head: DropFile = sheet.model
    items = tuple(item for k, card in sheet.cards for item in _items(sheet, k, card))
    return Drop(
        id=head.id,
        number=head.drop,
        phase=head.phase,
        minutes=head.minutes,
        title=head.title,
        does=head.does,
        reading=head.reading,
        exercises=head.exercises,
        runs=head.runs,
        items=items,
        file=sheet.path,
        line=1,
    )


def _items(sheet: Sheet, index: int, card: Card) -> Iterator[Item]:
    core, line = index < CORE_CARDS, sheet.line_of(index)
    return items_of(card, sheet.model.drop, core, sheet.path, line)
