"""What every run has in common at the command line: predictions read and kept."""

import json
import textwrap
from typing import IO, Any

import click

from drillbox.domain.event import Draft
from drillbox.lab.run import LabError


def read(file: IO[str]) -> Any:
    """The JSON in a file of predictions; LabError if there is none."""
    try:
        return json.loads(file.read())
    except UnicodeDecodeError:
        raise LabError(f"{file.name} is no text in UTF-8") from None
    except json.JSONDecodeError as error:
        raise LabError(f"{file.name} is no JSON: {error}") from None
    except (RecursionError, ValueError):
        raise LabError(f"{file.name} has nothing like predictions in it") from None


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
    asked = "How sure are you of each, 50 to 100 %"
    percent: int = click.prompt(asked, type=click.IntRange(50, 100))
    return percent / 100


def indented(text: str) -> list[str]:
    """A text as lines of at most 76 characters under a heading."""
    return textwrap.wrap(text, 76, initial_indent="   ", subsequent_indent="   ")
