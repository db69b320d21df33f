"""What every run has in common at the command line: predictions read and kept."""

import json
import textwrap
from typing import IO, Any

import click

from drillbox.domain.event import Draft
from drillbox.lab.run import LabError
from drillbox.words import _


def read(file: IO[str]) -> Any:
    """The JSON in a file of predictions; LabError if there is none."""
    try:
        return json.loads(file.read())
    except UnicodeDecodeError:
        raise LabError(_("{file} is no text in UTF-8").format(file=file.name)) from None
    except json.JSONDecodeError as error:
        said = _("{file} is no JSON: {why}").format(file=file.name, why=error)
        raise LabError(said) from None
    except (RecursionError, ValueError):
        said = _("{file} has nothing like predictions in it").format(file=file.name)
        raise LabError(said) from None


def keep(draft: Draft) -> str:
    """On disk before anything runs: a run that is stopped loses no prediction.

    Returns the id of the event.
    """
    from drillbox.cli.opening import open_log  # pydantic and yaml: about 80 ms

    with open_log() as log:
        for notice in log.notices:
            click.echo(notice, err=True)
        return log.append(draft).event.id


def sure() -> float:
    """How sure the learner is, 0.5 to 1, asked in per cent."""
    asked = _("How sure are you of each, 50 to 100%")
    percent: int = click.prompt(asked, type=click.IntRange(50, 100))
    return percent / 100


def indented(text: str) -> list[str]:
    """A text as lines of at most 76 characters under a heading."""
    return textwrap.wrap(text, 76, initial_indent="   ", subsequent_indent="   ")
