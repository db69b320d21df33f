"""`drillbox notes`: what learners noted on cards, for their authors."""

import click

from drillbox import places
from drillbox.domain.event import NOTE, UNDO, Event
from drillbox.domain.studyday import iso
from drillbox.words import _


@click.command("notes")
@click.option("--course", help="Only this course's.")
def command(course: str | None) -> None:
    """List the notes kept with `!`, one a line: file:line: card: text (day).

    \b
    Examples:
      drillbox notes
      drillbox notes --course dpo
    """
    from drillbox.cli.opening import open_log
    from drillbox.history.log import Log

    found: list[Event] = []
    if Log.present(places.home()):
        with open_log() as log:
            found = _notes(list(log.events(course)))
    for event in found:
        text = " ".join(str(event.body.get("text", "")).split())
        where = event.body.get("where", "")
        click.echo(f"{where}: {event.item}: {text} ({iso(event.day)})")
    if not found:
        click.echo(_("no notes; `!` on a card keeps one"), err=True)


def _notes(events: list[Event]) -> list[Event]:
    undone = {event.target for event in events if event.kind == UNDO}
    return [e for e in events if e.kind == NOTE and e.id not in undone]
