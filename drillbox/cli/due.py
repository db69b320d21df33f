"""`drillbox due` as the help shows it; the count itself is history/due.py."""

import click

from drillbox.history.due import main


@click.command("due")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--quiet", is_flag=True, help="No output: exit 0 if due, 1 if not.")
def command(as_json: bool, quiet: bool) -> int:
    """Say how many cards are due. Fast enough for a shell prompt; writes nothing.

    Exit: 0; with --quiet 0 if something is due and 1 if not; 2 on error.

    \b
    Examples:
      drillbox due                 7 cards due
      drillbox due --json          {"due": 7, "today": …, "courses": …, "next": …}
      drillbox due --quiet && drillbox
    """
    chosen = [("--json", as_json), ("--quiet", quiet)]
    return main([name for name, on in chosen if on])
