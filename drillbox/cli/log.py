"""`drillbox log`: the record itself: out, in, back, again."""

import os

import click

from drillbox import places
from drillbox.domain.event import UNDO, Draft, Event
from drillbox.domain.studyday import iso
from drillbox.errors import HistoryError
from drillbox.history.log import Log
from drillbox.words import _, ngettext


def _log() -> Log:
    from drillbox.cli.opening import open_log  # pydantic and the loader: 80 ms

    log = open_log()
    for notice in log.notices:
        click.echo(f"drillbox: {notice}", err=True)
    return log


@click.group("log")
def command() -> None:
    """The record of everything you did: take it out, take it in, take things back.

    \b
    Examples:
      drillbox log export answers.jsonl
      drillbox log merge answers.jsonl
      drillbox log show --last 5
      drillbox log undo 3f2a91c04b7d
    """


@command.command()
@click.argument("file")
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
def export(file: str, force: bool) -> None:
    """Write every event to FILE as JSON lines; "-" is standard output.

    One event a line, in the order of the fold, always with these keys: id (32
    hexadecimal digits), device, logical (its place in the order, ms), wall_ms (UTC),
    offset_min (wall clock ahead of UTC), day (study day, 2026-11-23), kind, course,
    item, target (the event a grade or undo is about, or null), quality (0 to 5, or
    null), practice, body (an object).

    \b
    Examples:
      drillbox log export answers.jsonl
      drillbox log export - | gzip > answers.jsonl.gz
    """
    if file != "-" and os.path.exists(file) and not force:
        there = _("{file} is there already; --force overwrites it")
        raise HistoryError(there.format(file=file))
    with _log() as log:
        n = log.export(file)
    if file != "-":
        said = ngettext(
            "{n} event written to {file}", "{n} events written to {file}", n
        )
        click.echo(said.format(n=n, file=file))


@command.command()
@click.argument("file")
def merge(file: str) -> None:
    """Take in the events of FILE, an export; "-" is standard input.

    Events that are here already are passed over, so merging twice, or in any order,
    comes to the same. A line that is no event stops it, and nothing is merged.

    \b
    Examples:
      drillbox log merge laptop.jsonl
      ssh laptop drillbox log export - | drillbox log merge -
    """
    with _log() as log:
        n = log.merge(file)
    click.echo(ngettext("{n} event new", "{n} events new", n).format(n=n))


@command.command()
@click.option("--last", default=20, show_default=True, type=click.IntRange(1))
def show(last: int) -> None:
    """Show the last events, newest first: id, day, kind, item, quality.

    \b
    Examples:
      drillbox log show
      drillbox log show --last 5
    """
    if not Log.present(places.home()):
        click.echo(_("nothing has been recorded yet"), err=True)
        return
    with _log() as log:
        for event in log.newest(last):
            click.echo(_line(event))


@command.command()
@click.argument("ident", metavar="ID")
def undo(ident: str) -> None:
    """Take back the event ID (its first digits will do): it then does not exist.

    \b
    Examples:
      drillbox log show
      drillbox log undo 3f2a91c04b7d
    """
    with _log() as log:
        event = _one(log, ident.lower())
        log.append(Draft(UNDO, event.course, event.item, target=event.id))
    click.echo(_("undone: {event}").format(event=_line(event)))


@command.command("undo-future")
def undo_future() -> None:
    """Take back what is dated more than one study day after today.

    A clock that ran ahead leaves such entries. Look at `date` first: if this computer's
    clock is the one that is wrong, set it instead.

    \b
    Examples:
      drillbox log undo-future
    """
    with _log() as log:
        n = log.undo_future()
    click.echo(ngettext("{n} event undone", "{n} events undone", n).format(n=n))


@command.command()
def rebuild() -> None:
    """Work out the schedule again from the log. It should change nothing.

    \b
    Examples:
      drillbox log rebuild
    """
    with _log() as log:
        before = log.dump()
        log.rebuild()
        same = log.dump() == before
    if same:
        click.echo(_("the schedule was worked out again: no change"))
    else:
        click.echo(_("the schedule was worked out again"))
        click.echo(_("it had differed from the log; now it is the log's"), err=True)


def _one(log: Log, ident: str) -> Event:
    found = log.find(ident) if len(ident) >= 4 else []
    if len(found) == 1 and found[0].kind != UNDO:
        return found[0]
    if found and found[0].kind == UNDO:
        undo = _("{id} is an undo, which cannot be undone; do it again")
        raise HistoryError(undo.format(id=ident))
    none = _("{id} is no event; `drillbox log show` lists the last ones")
    more = _(
        "{id} is more than one event; give more digits; `drillbox log show` lists the "
        "last ones"
    )
    raise HistoryError((more if found else none).format(id=repr(ident)))


def _line(event: Event) -> str:
    quality = "" if event.quality is None else f"  {event.quality}"
    item = f"{event.course}/{event.item}" if event.item else event.course
    return f"{event.id[:12]}  {iso(event.day)}  {event.kind:<7}  {item}{quality}"
