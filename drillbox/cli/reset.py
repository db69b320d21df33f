"""`drillbox reset COURSE`: begin a course again; can be taken back."""

import difflib

import click

from drillbox import places
from drillbox.domain.event import RESET, Draft
from drillbox.errors import HistoryError
from drillbox.history.log import Log


@click.command("reset")
@click.argument("course")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(course: str, yes: bool) -> None:
    """Begin COURSE again, as if nothing of it had been read or answered.

    The log keeps everything: `drillbox log undo ID` takes a reset back.

    \b
    Examples:
      drillbox reset dpo
      drillbox reset dpo --yes
    """
    from drillbox.cli.opening import open_log

    if not Log.present(places.home()):
        raise HistoryError("there is nothing to reset: nothing has been answered yet")
    with open_log() as log:
        count = _known(log, course)
        entries = f"{count} entr{'y' if count == 1 else 'ies'}"
        if not yes and not click.confirm(f"Begin {course} again ({entries} so far)?"):
            click.echo("nothing was reset")
            return
        ident = log.append(Draft(RESET, course)).event.id
    click.echo(f"{course} begins again; `drillbox log undo {ident[:12]}` takes it back")


def _known(log: Log, course: str) -> int:
    counts = log.courses()
    if course in counts:
        return counts[course]
    near = difflib.get_close_matches(course, counts, 1)
    known = f"did you mean {near[0]}?" if near else f"there is {', '.join(counts)}"
    raise HistoryError(
        f"nothing has been answered in a course {course!r}"
        + (f"; {known}" if counts else "")
    )
