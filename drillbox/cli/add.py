"""`drillbox add`: copy somebody's course in."""

import dataclasses
import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from drillbox import places
from drillbox.errors import ContentError, Problem

if TYPE_CHECKING:
    from drillbox.domain.course import Course

_STOPPED = 130  # the exit code of what was asked and refused


@click.command("add")
@click.argument("path", type=click.Path())
@click.option("--replace", is_flag=True, help="Replace a course of the same id.")
@click.option("--trust", is_flag=True, help="Its code may run; do not ask.")
def command(path: str, replace: bool, trust: bool) -> int:
    """Copy the course at PATH, a folder or a zip file, into your courses.

    It is checked first, and added only without a problem. Exercises are code: a course
    that has some is asked about once. Your answers are kept when a course is replaced.

    \b
    Examples:
      drillbox add ~/courses/optimizers
      drillbox add optimizers.zip --replace
    """
    coming = os.path.join(places.courses(), ".coming")
    shutil.rmtree(coming, ignore_errors=True)
    try:
        title, goal = _bring(path, coming, replace, trust)
    except click.Abort:
        click.echo("nothing was added", err=True)
        return _STOPPED
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    click.echo(f"added {title}: drillbox review --course {os.path.basename(goal)}")
    return 0


def _bring(path: str, coming: str, replace: bool, trust: bool) -> tuple[str, str]:
    """Copy the course to `coming`, check it, move it in: its title and directory."""
    from drillbox.library.bring import copy_in
    from drillbox.library.load import load_course
    from drillbox.workbench.lint import lint

    copy_in(path, coming)
    loaded = load_course(coming)
    if loaded.course is None:  # all of it, not only what keeps it from loading
        _stop_at(lint(coming, quick=True), coming, path)
    assert loaded.course is not None
    goal = os.path.join(places.courses(), loaded.course.id)
    _refuse_shipped(loaded.course.id)
    _ask_for_trust(coming, trust, loaded.course)
    _stop_at(lint(coming), coming, path)
    _ask_to_replace(goal, replace)
    _move(coming, goal)
    return loaded.course.head.title, goal


def _stop_at(problems: Iterable[Problem], coming: str, path: str) -> None:
    """Problems name the files as the author knows them, not the copy."""
    told = tuple(
        dataclasses.replace(
            problem,
            file=path + problem.file.removeprefix(coming),
            what=problem.what.replace(coming, path),
        )
        for problem in problems
    )
    if told:
        raise ContentError(f"{path} was not added; mend what is listed", told)


def _refuse_shipped(name: str) -> None:
    """Two courses of one id would share their answers."""
    from drillbox.library.load import load_course

    shipped = load_course(places.shipped_course(), places.cache()).course
    if shipped is not None and shipped.id == name:
        what = f"the course that comes with drillbox has the id {name} already"
        raise ContentError(f"{what}; give this one another")


def _ask_for_trust(coming: str, trust: bool, course: "Course") -> None:
    """Exercises and shown code run here, in the sandbox there is."""
    folder = os.path.join(coming, "exercises")
    exercises = len(os.listdir(folder)) if os.path.isdir(folder) else 0
    cards = sum(
        getattr(item.card, "run", None) is not None for item in course.items.values()
    )
    brings = [
        f"{count} {noun if count == 1 else many}"
        for count, noun, many in (
            (exercises, "exercise", "exercises"),
            (cards, "card with code", "cards with code"),
        )
        if count
    ]
    if trust or not brings:
        return
    click.echo(
        f"This course brings {' and '.join(brings)}: code that "
        "runs on this machine, behind the same layers as your own. Add it only if you "
        "trust its author."
    )
    click.echo(f"Code runs so here: {_sandbox()}")
    if not click.confirm("Add it?", default=False):
        raise click.Abort


def _sandbox() -> str:
    """The level that learners' code reaches here, found by grading an empty file."""
    from drillbox.grader.exercise import find  # numpy, and a worker: about 0.5 s
    from drillbox.grader.supervisor import Grader

    with Grader() as grader:
        return str(grader.grade(find("dpo-gradient"), "").sandbox)


def _ask_to_replace(goal: str, replace: bool) -> None:
    question = f"{os.path.basename(goal)} is there already. Replace it?"
    if os.path.exists(goal) and not replace and not click.confirm(question):
        raise click.Abort


def _move(coming: str, goal: str) -> None:
    """Put the new course in the place of the old one, which goes only after that."""
    aside = f"{goal}.replaced"
    shutil.rmtree(aside, ignore_errors=True)
    if os.path.exists(goal):
        os.rename(goal, aside)
    try:
        os.rename(coming, goal)
    except OSError:
        if os.path.exists(aside):
            os.rename(aside, goal)
        raise
    shutil.rmtree(aside, ignore_errors=True)
