"""Opening what a verb needs: the settings, the course, the record of answers."""

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from drillbox import places
from drillbox.domain.studyday import Moment
from drillbox.errors import ContentError
from drillbox.history.log import Log
from drillbox.library import chosen
from drillbox.words import _, ngettext

if TYPE_CHECKING:
    from drillbox.domain.course import Course
    from drillbox.domain.settings import Settings


def clock() -> Moment:
    """Now, with the offset of the wall clock. The only clock of the program."""
    now = time.time()
    return Moment(int(now * 1000), time.localtime(now).tm_gmtoff // 60)


def settings(tell: Callable[[str], None] | None = None) -> "Settings":
    """What the learner set; of a bad file each problem is said on stderr, or the first
    one by `tell`, and the defaults hold."""
    from drillbox.domain.settings import Settings
    from drillbox.library.settings import read_settings

    try:
        return read_settings(places.settings())
    except ContentError as error:
        text = _("{why}; the defaults hold").format(why=error)
        problems = [str(problem) for problem in error.problems]
        if tell is None:
            click.echo("\n".join([*problems, f"drillbox: {text}"]), err=True)
        else:
            tell("\n".join([*problems[:1], text]))
        return Settings()


def open_course(path: str | None = None) -> "Course":
    """The course at `path`, else the shipped one. ContentError lists every problem."""
    from drillbox.library.load import load_course  # pydantic and yaml: 80 ms

    directory = os.path.abspath(course_directory(path))
    loaded = load_course(directory, places.cache())
    if loaded.course is None:
        n = len(loaded.problems)
        said = ngettext(
            "the course in {directory} cannot be used: {n} problem",
            "the course in {directory} cannot be used: {n} problems",
            n,
        )
        raise ContentError(said.format(directory=directory, n=n), loaded.problems)
    return loaded.course


def warn(text: str) -> None:
    """A sentence on stderr."""
    click.echo(f"drillbox: {text}", err=True)


def open_wished(path: str | None, tell: Callable[[str], None] = warn) -> "Course":
    """The course at `path`; without one, that which was chosen last."""
    return open_last(tell) if path is None else open_course(path)


def open_last(tell: Callable[[str], None]) -> "Course":
    """The course that was chosen last. One that is gone or cannot be used is told in a
    sentence, and the shipped one opened; what is gone is forgotten with that."""
    path = chosen.course()
    if path is None:
        return open_course()
    name = os.path.basename(path)
    if not os.path.isdir(path):
        gone = _(
            "the course chosen last, {name}, is no longer in {directory}; this is the "
            "shipped one"
        )
        tell(gone.format(name=name, directory=places.courses()))
        chosen.remember(None)
        return open_course()
    try:
        return open_course(path)
    except ContentError as error:
        why = error.problems[0] if error.problems else error
        broken = _(
            "the course chosen last, {name}, cannot be used ({why}); this is the "
            "shipped one"
        )
        tell(broken.format(name=name, why=why))
        return open_course()


def course_directory(path: str | None) -> str:
    """Where the course is: a directory, the id of an added one, or None for the
    shipped one. ContentError for "", which an unset variable of a shell leaves."""
    if path == "":
        said = _(
            "the path of the course is empty; give the directory of a course, or "
            "nothing at all"
        )
        raise ContentError(said)
    if path is None:
        return places.shipped_course()
    added = os.path.join(places.courses(), path)
    is_id = os.path.basename(path) == path and not os.path.exists(path)
    return added if is_id and os.path.isdir(added) else path


def open_log() -> Log:
    """The learner's record, healed if need be."""
    return Log.open(places.home(), clock)
