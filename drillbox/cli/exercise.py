"""`drillbox exercise`: what there is, the learner's file, hints, the solution."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from drillbox.domain.attempts import About, Standing
    from drillbox.domain.event import Draft
    from drillbox.grader.exercise import Exercise


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
    from drillbox.grader.exercise import every  # numpy: about 100 ms

    for loaded in every():
        for problem in loaded.problems:
            click.echo(str(problem), err=True)
        if loaded.exercise is not None:
            head = loaded.exercise.head
            status = _status(head.course, head.id)
            click.echo(f"{head.id:16} drop {head.drop:>2}  {status:8}  {head.title}")


def _status(course: str, exercise: str) -> str:
    """In a word; looking makes no record where there is none."""
    from drillbox import places
    from drillbox.cli.opening import open_log
    from drillbox.domain import attempts
    from drillbox.history.log import Log

    if not Log.present(places.home()):
        return "new"
    with open_log() as log:
        return attempts.standing(log.events(course), course, exercise).status


@command.command("show")
@click.argument("exercise")
def show(exercise: str) -> None:
    """The task of EXERCISE."""
    from drillbox.domain.mathtext import prose
    from drillbox.grader.exercise import find

    head = find(exercise).head
    click.echo(f"{head.title}, drop {head.drop}, about {head.minutes} minutes\n")
    click.echo(f"{head.signature}\n\n{prose(head.task)}")


@command.command("start")
@click.argument("exercise")
@click.option("--fresh", is_flag=True, help="Set your file aside and begin anew.")
def start(exercise: str, fresh: bool) -> None:
    """Make your file for EXERCISE from its starter; an existing one is kept."""
    from drillbox.grader.exercise import find
    from drillbox.grader.workfile import make, set_aside

    starter = find(exercise).starter
    aside = set_aside(exercise) if fresh else None
    if aside:
        click.echo(f"your file is now {aside}", err=True)
    path = make(exercise, starter)
    click.echo(path)
    click.echo(f"Write it, then: drillbox check {exercise}", err=True)


@command.command("hint")
@click.argument("exercise")
def hint(exercise: str) -> None:
    """The next hint; a pass after it counts as 3."""
    from drillbox.domain.mathtext import prose

    found, about, now = _standing(exercise)
    hints = found.head.hints
    number = min(now.hints, len(hints) - 1)
    _record(about.hint(number + 1))
    click.echo(f"Hint {number + 1} of {len(hints)}: {prose(hints[number])}")


@command.command("give-up")
@click.argument("exercise")
@click.option("--yes", is_flag=True, help="Do not ask.")
def give_up(exercise: str, yes: bool) -> None:
    """Show the solution of EXERCISE; counts as 0, and it comes back tomorrow."""
    found, about, _ = _standing(exercise)
    if not yes and not click.confirm(
        "Show the solution? It counts as 0", default=False
    ):
        raise click.Abort
    _record(about.gave_up())
    click.echo(found.solution())


def _standing(name: str) -> "tuple[Exercise, About, Standing]":
    from drillbox.cli.opening import open_log
    from drillbox.domain import attempts
    from drillbox.grader.exercise import find

    found = find(name)
    course = found.head.course
    about = attempts.About(course, found.id, found.fingerprint, found.starter)
    with open_log() as log:
        events = log.events(course)
        return found, about, attempts.standing(events, course, found.id)


def _record(draft: "Draft") -> None:
    from drillbox.cli.opening import open_log

    with open_log() as log:
        log.append(draft)
