"""`drillbox lint`: is a course fit to be learned from?"""

import os

import click

from drillbox.errors import ContentError


@click.command("lint")
@click.argument("path", required=False, type=click.Path())
@click.option("--quick", is_flag=True, help="Do not evaluate witnesses or exercises.")
def command(path: str | None, quick: bool) -> int:
    """Check the course at PATH (else the shipped one), and say all that is wrong.

    PATH is the directory of a course, or the id of one that was added.

    One line a problem: file:line:column: field: what is wrong; what to write instead.
    Exit 0 if there is none, 1 if there are some, 2 if there is no course to check.

    \b
    Examples:
      drillbox lint
      drillbox lint my-course
      drillbox lint my-course --quick     without starting torch
    """
    from drillbox.cli.opening import course_directory
    from drillbox.library.load import load_course
    from drillbox.workbench.lint import lint

    directory = course_directory(path)
    if not os.path.isfile(os.path.join(directory, "course.yaml")):
        advice = "give the directory of a course"
        raise ContentError(f"{directory} has no course.yaml in it; {advice}")
    problems = lint(directory, quick)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        click.echo(_count(len(problems), "problem"))
        return 1
    course = load_course(directory).course
    assert course is not None
    drops = _count(len(course.drops), "drop")
    cards = _count(len({item.card.id for item in course.items.values()}), "card")
    click.echo(f"{drops}, {cards}, no problems")
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
