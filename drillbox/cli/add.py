"""`drillbox add`: copy somebody's course in."""

import dataclasses
import os
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from drillbox import places
from drillbox.errors import ContentError, Problem
from drillbox.words import _, ngettext

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
        click.echo(_("nothing was added"), err=True)
        return _STOPPED
    finally:
        shutil.rmtree(coming, ignore_errors=True)
    added = _("added {title}: drillbox review --course {name}")
    click.echo(added.format(title=title, name=os.path.basename(goal)))
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
        said = _("{path} was not added; mend what is listed")
        raise ContentError(said.format(path=path), told)


def _refuse_shipped(name: str) -> None:
    """Two courses of one id would share their answers."""
    from drillbox.library.load import load_course

    shipped = load_course(places.shipped_course(), places.cache()).course
    if shipped is not None and shipped.id == name:
        said = _(
            "the course that comes with drillbox has the id {name} already; give this "
            "one another"
        )
        raise ContentError(said.format(name=name))


def _ask_for_trust(coming: str, trust: bool, course: "Course") -> None:
    """Exercises and shown code run here, in the sandbox there is."""
    folder = os.path.join(coming, "exercises")
    exercises = len(os.listdir(folder)) if os.path.isdir(folder) else 0
    cards = sum(
        getattr(item.card, "run", None) is not None for item in course.items.values()
    )
    if trust or not (exercises or cards):
        return
    said = _(
        "This course brings {what}: code that runs on this machine, behind the same "
        "layers as your own. Add it only if you trust its author."
    )
    click.echo(said.format(what=_brings(exercises, cards)))
    click.echo(_("Code runs so here: {sandbox}").format(sandbox=_sandbox()))
    if not click.confirm(_("Add it?"), default=False):
        raise click.Abort


def _brings(exercises: int, cards: int) -> str:
    tasks = ngettext("{n} exercise", "{n} exercises", exercises).format(n=exercises)
    shown = ngettext("{n} card with code", "{n} cards with code", cards).format(n=cards)
    if not exercises:
        return shown
    return _("{one} and {other}").format(one=tasks, other=shown) if cards else tasks


def _sandbox() -> str:
    """The level that learners' code reaches here, found by grading an empty file."""
    from drillbox.grader.exercise import find  # numpy, and a worker: about 0.5 s
    from drillbox.grader.supervisor import Grader

    with Grader() as grader:
        return str(grader.grade(find("dpo-gradient"), "").sandbox)


def _ask_to_replace(goal: str, replace: bool) -> None:
    asked = _("{name} is there already. Replace it?")
    question = asked.format(name=os.path.basename(goal))
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
