"""`drillbox lint`: is a course fit to be learned from?"""

import click

from drillbox import places


@click.command("lint")
@click.argument("path", required=False, type=click.Path())
@click.option("--quick", is_flag=True, help="Do not evaluate witnesses or exercises.")
def command(path: str | None, quick: bool) -> int:
    """Check the course at PATH (else the shipped one), and say all that is wrong.

    One line a problem: file:line:column: field: what is wrong; what to write instead.
    Exit 0 if there is none, 1 if there are some.

    \b
    Examples:
      drillbox lint
      drillbox lint my-course
      drillbox lint my-course --quick     without starting torch
    """
    from drillbox.library.load import load_course
    from drillbox.workbench.lint import lint

    directory = path or places.shipped_course()
    problems = lint(directory, quick)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        count = len(problems)
        click.echo(f"{count} problem{'' if count == 1 else 's'}")
        return 1
    course = load_course(directory).course
    assert course is not None
    cards = len({item.card.id for item in course.items.values()})
    click.echo(f"{len(course.drops)} drops, {cards} cards, no problems")
    return 0
