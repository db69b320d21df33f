"""`drillbox reset COURSE`: begin a course again; can be taken back."""

import difflib

import click

from drillbox import places
from drillbox.domain.event import RESET, Draft
from drillbox.errors import HistoryError
from drillbox.history.log import Log
from drillbox.words import _, ngettext


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
        none = _("there is nothing to reset: nothing has been answered yet")
        raise HistoryError(none)
    with open_log() as log:
        n = _known(log, course)
        asked = ngettext(
            "Begin {course} again ({n} entry so far)?",
            "Begin {course} again ({n} entries so far)?",
            n,
        )
        if not yes and not click.confirm(asked.format(course=course, n=n)):
            click.echo(_("nothing was reset"))
            return
        ident = log.append(Draft(RESET, course)).event.id
    said = _("{course} begins again; `drillbox log undo {id}` takes it back")
    click.echo(said.format(course=course, id=ident[:12]))


def _known(log: Log, course: str) -> int:
    counts = log.courses()
    if course in counts:
        return counts[course]
    near = difflib.get_close_matches(course, counts, 1)
    said = _("nothing has been answered in a course {course}")
    if near:
        said = _(
            "nothing has been answered in a course {course}; did you mean {known}?"
        )
    elif counts:
        said = _("nothing has been answered in a course {course}; there is {known}")
    known = near[0] if near else ", ".join(counts)
    raise HistoryError(said.format(course=repr(course), known=known))
