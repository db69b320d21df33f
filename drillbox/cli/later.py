"""After the run three-pairs: what Adam and one batch do, asked and told."""

import json
import textwrap
from collections.abc import Mapping
from typing import IO, Any

import click

from drillbox.cli.asking import indented, read
from drillbox.lab import after
from drillbox.lab.predict import MOVES
from drillbox.lab.recipe import Move
from drillbox.lab.run import Record, StoppedError
from drillbox.words import _


def filed(file: IO[str] | None) -> tuple[dict[str, Move], Any]:
    """What a file of predictions says of what comes after the run, and the rest.

    None for no file; of a file whatever it has, which need be no predictions.
    """
    if file is None:
        return {}, None
    data = read(file)
    data = [] if data is None else data  # a null is no object either
    if not isinstance(data, Mapping) or "after" not in data:
        return {}, data
    rest = {name: one for name, one in data.items() if name != "after"}
    return after.read(data["after"]), rest


def asked() -> dict[str, Move]:
    """What Adam would do, and one batch of all pairs."""
    click.echo("\n" + textwrap.fill(_(after.TEXT), 79) + "\n")
    try:
        return {
            way: choose(_(question[2]), MOVES)
            for way, question in after.QUESTIONS.items()
        }
    except click.Abort:
        click.echo()
        said = _("stopped; the run itself is done and recorded")
        raise StoppedError(said) from None


def tell(said: Mapping[str, Move], others: list[Record], as_json: bool) -> None:
    """What both did, and whether it was what was said."""
    if as_json:
        found = (one for one in others if one["type"] == "other")
        for record in (*found, after.told(after.judge(said, others))):
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    click.echo("\n" + "\n".join(after.table(others)) + "\n")
    for one in after.judge(said, others):
        wrong = _("wrong, you said {said}").format(said=one.said)
        mark = _("right") if one.said == one.happened else wrong
        told = _("{happened} ({value} nats): {mark}")
        value = f"{one.value:+z.6f}"
        line = told.format(happened=one.happened, value=value, mark=mark)
        click.echo(f"{_(after.QUESTIONS[one.way][2])}:\n   {line}")
        click.echo("\n".join(indented(f"{_(after.WHY[one.way])}.")))


def choose(question: str, words: tuple[str, ...]) -> Any:
    """The one of these words whose number is typed."""
    choices = [f"{n} {word}" for n, word in enumerate(words, 1)]
    click.echo(f"{question}:   {'   '.join(choices)}")
    number = click.prompt(_("Number"), type=click.IntRange(1, len(words)))
    return words[number - 1]
