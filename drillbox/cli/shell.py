"""One call of the command line: an error is one sentence, never a traceback."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from drillbox.cli import app
from drillbox.errors import ContentError, DrillboxError
from drillbox.words import _


def run(arguments: Sequence[str]) -> int:
    """Run the verb; returns the exit code (2 where drillbox could not do it)."""
    _name_what_cannot_be_shown()
    try:
        result = app.main(list(arguments), prog_name="drillbox", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo(_("stopped; what was answered is kept"), err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"drillbox: {error}", err=True)
        return error.exit_code
    except DrillboxError as error:
        click.echo(f"drillbox: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:  # `drillbox stats | head`: the reader has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:  # what nobody expected: a full disk, a directory gone
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"drillbox: {place}{error.strerror or error}", err=True)
        return DrillboxError.exit_code


def _name_what_cannot_be_shown() -> None:
    """A terminal in Latin-1 shows β as its name, and is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="namereplace")
