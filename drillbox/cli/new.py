"""`drillbox new`: a skeleton to write on."""

from typing import TYPE_CHECKING

import click

from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.workbench.new import Written

_COURSE = click.option(
    "--course", default=".", type=click.Path(), help="The course; else this directory."
)


@click.group("new")
def command() -> None:
    """Begin a course, a drop, a card or an exercise.

    What is written works as it stands, with comments that say what to change. Nothing
    that is there is overwritten.

    \b
    Examples:
      drillbox new course averages
      drillbox new drop variance --course averages
      drillbox new card sample-mean --kind choice
      drillbox new exercise mean-squared-error --course averages
    """


@command.command("course")
@click.argument("name")
def course(name: str) -> None:
    """A course NAME of one drop, in a directory of its own."""
    from drillbox.workbench import new

    _say(new.course(name))


@command.command("drop")
@click.argument("name")
@_COURSE
def drop(name: str, course: str) -> None:
    """The next drop of a course, NAME, with three cards."""
    from drillbox.workbench import new

    _say(new.drop(name, course))


@command.command("card")
@click.argument("name")
@click.option("--kind", default="numeric", help="Such as choice, cloze or spot.")
@click.option("--drop", type=click.Path(), help="Add it to this drop's file.")
def card(name: str, kind: str, drop: str | None) -> None:
    """A card NAME, in a file of its own or at the end of a drop."""
    from drillbox.workbench import new

    if kind not in new.KINDS:
        known = ", ".join(new.KINDS)
        said = _("there is no kind {kind} of card; kinds: {known}")
        raise click.UsageError(said.format(kind=repr(kind), known=known))
    _say(new.card(name, kind, drop))


@command.command("exercise")
@click.argument("name")
@_COURSE
def exercise(name: str, course: str) -> None:
    """An exercise NAME: task, starter, reference, a wrong solution."""
    from drillbox.workbench import new

    _say(new.exercise(name, course))


def _say(written: "Written") -> None:
    for path in written.paths:
        click.echo(_("wrote {path}").format(path=path))
    for k, line in enumerate(written.then):
        said = _("then: {command}") if k else _("next: {command}")
        click.echo(said.format(command=line))
