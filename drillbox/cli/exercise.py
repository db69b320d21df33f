"""`drillbox exercise`: what there is, the learner's file, hints, the solution."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from drillbox.cli import complete
from drillbox.words import N_, _, ngettext

if TYPE_CHECKING:
    from drillbox.grader.exercise import Exercise
    from drillbox.history.log import Log
    from drillbox.session.exercise import Work


@click.group("exercise")
def command() -> None:
    """Code exercises: list them, start one, read its task.

    \b
    Examples:
      drillbox exercise list
      drillbox exercise show dpo-loss
      drillbox exercise start dpo-loss
      drillbox exercise hint dpo-loss
      drillbox exercise give-up dpo-loss
    """


@command.command("list")
def list_all() -> None:
    """Every exercise with its drop and how it stands."""
    from drillbox import places
    from drillbox.cli.opening import open_log
    from drillbox.grader.exercise import every  # numpy: about 100 ms
    from drillbox.history.log import Log

    loaded = list(every())
    for problem in (problem for one in loaded for problem in one.problems):
        click.echo(str(problem), err=True)
    found = [one.exercise for one in loaded if one.exercise is not None]
    found.sort(key=lambda one: one.head.drop)  # in the order of the path
    if not Log.present(places.home()):  # looking makes no record where there is none
        _list(found, ["new"] * len(found))
        return
    with open_log() as log:
        _list(found, [_status(log, one) for one in found])


def _list(found: "list[Exercise]", statuses: list[str]) -> None:
    wide = max((len(one.id) for one in found), default=0)
    for one, status in zip(found, statuses, strict=True):
        head = one.head
        drop = _("drop {n}").format(n=f"{head.drop:>2}")
        click.echo(f"{head.id:{wide}}  {drop}  {_(status):8}  {head.title}")


_STATUSES = (N_("new"), N_("open"), N_("passed"), N_("gave up"), N_("due"))


def _status(log: "Log", exercise: "Exercise") -> str:
    """In a word: new, open, passed, gave up, or due again."""
    from drillbox.domain import attempts

    course, name = exercise.head.course, exercise.id
    due = log.state(course, name).due
    back = due if due is not None and due <= log.today() else None
    now = attempts.standing(log.events(course), course, name, back).status
    return "due" if back is not None and now != "open" else now


@command.command("show")
@click.argument("exercise", shell_complete=complete.exercises)
def show(exercise: str) -> None:
    """The task of EXERCISE."""
    from drillbox.domain.mathtext import prose
    from drillbox.grader.exercise import find

    head = find(exercise).head
    click.echo(heading(head.title, head.drop, head.minutes) + "\n")
    click.echo(f"{head.signature}\n\n{prose(head.task)}")


def heading(title: str, drop: int, n: int) -> str:
    """An exercise in a line."""
    return ngettext(
        "{title}, drop {drop}, about {n} minutes",
        "{title}, drop {drop}, about {n} minutes",
        n,
    ).format(title=title, drop=drop, n=n)


@command.command("start")
@click.argument("exercise", shell_complete=complete.exercises)
@click.option("--fresh", is_flag=True, help="Set your file aside and begin anew.")
def start(exercise: str, fresh: bool) -> None:
    """Make your file for EXERCISE from its starter; an existing one is kept.

    One that has come back begins with a blank file; the old one stays beside it.
    """
    from drillbox.grader.workfile import set_aside

    path, aside = _opened(exercise)
    if fresh and aside is None:
        aside = set_aside(exercise)
        path = _opened(exercise)[0]
    if aside:
        old = _("your old file is now {path}").format(path=aside)
        click.echo(old, err=True)
    click.echo(path)
    then = _("Write it, then: drillbox check {name}").format(name=exercise)
    click.echo(then, err=True)


def _opened(name: str) -> tuple[str, str | None]:
    """The learner's file, and where an older one is now. Makes no record."""
    from drillbox import places
    from drillbox.grader.exercise import find
    from drillbox.grader.workfile import make
    from drillbox.history.log import Log

    found = find(name)
    if not Log.present(places.home()):
        return make(name, found.starter), None
    with _work(found) as work:
        return work.open_file()


@command.command("hint")
@click.argument("exercise", shell_complete=complete.exercises)
def hint(exercise: str) -> None:
    """The next hint; a pass after it counts as 3. After a pass every hint, for free."""
    from drillbox.domain.mathtext import prose
    from drillbox.grader.exercise import find

    found = find(exercise)
    hints = found.head.hints
    with _work(found) as work:
        first = min(work.standing.hints, len(hints) - 1)
        numbers = range(len(hints)) if work.free else range(first, first + 1)
        if not work.free:
            work.hint(first + 1)
    for number in numbers:
        click.echo(hint_line(number + 1, len(hints), prose(hints[number])))


def hint_line(number: int, total: int, text: str) -> str:
    """Hint `number`, from 1."""
    return _("Hint {n} of {total}: {text}").format(n=number, total=total, text=text)


@command.command("give-up")
@click.argument("exercise", shell_complete=complete.exercises)
@click.option("--yes", is_flag=True, help="Do not ask.")
def give_up(exercise: str, yes: bool) -> None:
    """Show the solution of EXERCISE; counts as 0, unless it is solved already."""
    from drillbox.grader.exercise import find

    found = find(exercise)
    with _work(found) as work:
        earned = ""
        if not work.free:
            question = _("Show the solution? It counts as 0")
            if not yes and not click.confirm(question, default=False):
                raise click.Abort
            earned = work.earned(work.give_up())
    click.echo(found.solution())
    if earned:
        click.echo(_("Recorded: {earned}.").format(earned=earned), err=True)


@contextmanager
def _work(found: "Exercise") -> "Iterator[Work]":
    from drillbox.cli.check import course_of
    from drillbox.cli.opening import open_log
    from drillbox.session.exercise import Work

    course = course_of(found)
    with open_log() as log:
        yield Work(course, log, found)
