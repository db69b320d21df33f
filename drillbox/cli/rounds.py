"""The run three-pairs is predicted at the command line: from a file, or pair by pair in
two rounds, the second with the Gram matrix open."""

import textwrap
from collections.abc import Mapping
from typing import Any

import click

from drillbox.cli import later
from drillbox.cli.asking import indented, keep
from drillbox.domain.event import PREDICT, Draft
from drillbox.lab import pair_words, second
from drillbox.lab.keep import before
from drillbox.lab.predict import MOVES, Prediction, body, predictions
from drillbox.lab.recipe import Pair, PairRun
from drillbox.lab.run import Record, StoppedError
from drillbox.words import _


def said(
    run: PairRun, filed: Any, lr: float | None, *, asks: bool
) -> tuple[dict[str, Prediction], dict[str, second.Moves], str]:
    """Both rounds, and the id of round 1, recorded before the matrix is shown.

    filed: what a file says of them; else they are asked, where somebody can be.
    """
    if filed is not None:
        said, again = _filed(run, filed)
        return said, again, _keep_first(run, said)
    if not asks:
        return {}, {}, ""
    try:
        said = _asked(run, lr)
        first = _keep_first(run, said)
        return said, _asked_again(run), first
    except click.Abort:
        click.echo()
        said_so = _(
            "stopped before the run; a round counts once all its pairs are predicted"
        )
        raise StoppedError(said_so) from None


def _filed(
    run: PairRun, data: Any
) -> tuple[dict[str, Prediction], dict[str, second.Moves]]:
    """Both rounds from JSON; round 2, under "round2", may be left out."""
    if not isinstance(data, Mapping) or "round2" not in data:
        return predictions(data, run), {}
    first = {name: one for name, one in data.items() if name != "round2"}
    return predictions(first, run), second.read(data["round2"], run)


def _keep_first(run: PairRun, said: Mapping[str, Prediction]) -> str:
    first = {"round": 1, **body(said)}
    return keep(Draft(PREDICT, run.course, run.id, body=first))


def _asked_again(run: PairRun) -> dict[str, second.Moves]:
    """Round 2."""
    numbers = before(run.id)
    click.echo("\n" + textwrap.fill(_(second.TEXT), 79))
    said = {}
    for name in second.asked(run):
        click.echo(f"\n{name}  {_(run.pair(name).title)}")
        click.echo(f"   {second.matrix(numbers[name])}")
        said[name] = _both()
    return said


def _asked(run: PairRun, lr: float | None) -> dict[str, Prediction]:
    """Round 1."""
    numbers = before(run.id)
    click.echo(f"{_(run.title)}\n\n{_(run.text)}{_other(run, lr)}")
    said = {}
    for pair in run.pairs:
        click.echo("\n" + _introduction(pair, numbers[pair.pair]))
        if pair.bonus and not click.confirm(_("Predict this one too?"), default=False):
            continue
        said[pair.pair] = _ask()
    return said


def _other(run: PairRun, lr: float | None) -> str:
    """What the text says of the run's own step size, for another one."""
    if lr is None or lr == run.lr:
        return ""
    return "\n\n" + _("You chose another step size: {lr}.").format(lr=f"{lr:g}")


def _introduction(pair: Pair, numbers: Record) -> str:
    lines = [f"   {line}" for line in pair_words.answers(pair, numbers)]
    head = f"{pair.pair}  {_(pair.title)}"
    return "\n".join((head, *indented(_(pair.text)), *lines))


def _both() -> second.Moves:
    chosen = later.choose(_("log π(chosen) after the first step"), MOVES)
    return chosen, later.choose(_("log π(rejected) after the first step"), MOVES)


def _ask() -> Prediction:
    chosen, rejected = _both()
    asked = _("How sure are you of both, 33 (a guess) to 100%")
    percent: int = click.prompt(asked, type=click.IntRange(33, 100))
    return Prediction(chosen, rejected, percent / 100)
