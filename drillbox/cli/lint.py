"""`drillbox lint`: is it fit to be learned from?"""

from dataclasses import replace

import click

from drillbox.words import _, ngettext


@click.command("lint")
@click.argument("path", required=False, type=click.Path())
@click.option("--quick", is_flag=True, help="Do not evaluate witnesses or exercises.")
def command(path: str | None, quick: bool) -> int:
    """Check what is at PATH (else the shipped course), and say all that is wrong.

    PATH is the directory of a course, the id of one that was added, a drop, a file of
    cards, or the folder of an exercise. An exercise is proved: the reference passes on
    20 seeds, also in float32 and on a GPU if there is one, the starter fails, each
    wrong solution fails with its own diagnosis, and small changes of the reference
    fail.

    One line a problem: file:line:column: field: what is wrong; what to write instead.
    Warnings come after them, such as a change of the reference that no case notices.
    Exit 0 if there is no problem, 1 if there are some, 2 if there is nothing to check.

    \b
    Examples:
      drillbox lint
      drillbox lint my-course
      drillbox lint my-course --quick     without starting torch
      drillbox lint exercises/dpo-loss
    """
    from drillbox.cli.opening import course_directory
    from drillbox.workbench.lint import examine

    result = examine(course_directory(path), quick, click.echo)
    for problem in result.problems:
        click.echo(str(problem))
    for warning in result.warnings:
        field = _("warning: {field}").format(field=warning.field)
        click.echo(str(replace(warning, field=field)))
    n, m = len(result.problems), len(result.warnings)
    parts = [result.counts, _("no problems")]
    if n:
        parts = [ngettext("{n} problem", "{n} problems", n).format(n=n)]
    parts += [ngettext("{n} warning", "{n} warnings", m).format(n=m)] if m else []
    click.echo(", ".join(parts))
    return 1 if n else 0
