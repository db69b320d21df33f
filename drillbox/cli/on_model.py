"""`drillbox lab run NAME --model …`: a run on another model, run and shown.

Nothing is predicted there: what the course asks belongs to the model it ships.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass

import click

from drillbox.cli.asking import indented
from drillbox.lab import gram_own, own
from drillbox.lab.general import word
from drillbox.lab.gram import GRAM
from drillbox.lab.model import named
from drillbox.lab.recipe import Pair, PairRun
from drillbox.lab.run import LabError, Record
from drillbox.lab.summary import summary
from drillbox.words import _

Lines = Callable[[own.Told], list[str]]


@dataclass(frozen=True, slots=True)
class Other:
    """What the command line asks for. model, pairs: the two options."""

    model: str | None
    pairs: str | None
    as_json: bool
    device: str

    def __bool__(self) -> bool:
        """Is anything but the shipped run asked for?"""
        return self.model is not None or self.pairs is not None


@dataclass(frozen=True, slots=True)
class How:
    """The options of three-pairs alone; lr None: scaled to the model."""

    dtype: str
    threads: int
    lr: float | None
    seed: int | None


def refused(name: str, given: Iterable[tuple[str, object]]) -> None:
    """LabError for a run, or an option, that has no use for another model."""
    if name not in (GRAM.id, "three-pairs"):
        said = _(
            "{run} has a model and pairs of its own; --model goes with three-pairs, "
            "gram, own, hunt and pick"
        )
        raise LabError(said.format(run=name))
    for option, value in given:
        if value:
            shipped = _("{option} is for the shipped model; leave out --model")
            raise LabError(shipped.format(option=option))


def gram(wishes: Sequence[str], other: Other) -> list[Record]:
    """The run gram on each pair of the file, or on its own pair."""
    model = named(other.model)
    pairs: list[Pair | None] = [None]
    if other.pairs is not None:
        pairs = [*own.read(other.pairs, model)]
    every: list[Record] = []
    for pair in pairs:
        streamed = gram_own.start(wishes, model, pair, device=other.device)
        with closing(streamed):
            records = [_gram_shown(record, other.as_json) for record in streamed]
        if not other.as_json:
            click.echo("\n".join(_happened(records)))
        every += records
    return every


def _gram_shown(record: Record, as_json: bool) -> Record:
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False))
        return record
    if record["type"] == "header":
        told = record["settings"]
        click.echo(f"\n{told['prompt']}")
        for side in ("chosen", "rejected"):
            click.echo(f"   {_(side):9} {told[side]}")
    elif text := GRAM.line(record):
        click.echo(text)
    return record


def _happened(records: Sequence[Record]) -> list[str]:
    found = GRAM.happened(records)
    lines = []
    for question in GRAM.questions:
        one = found[question.id]
        lines += ["\n".join(indented(_(question.text))).strip()]
        lines += indented(f"→ {word(one.answer)} ({one.value}): {one.why}.")
    return lines


def three_pairs(run: PairRun, other: Other, how: How, lines: Lines) -> list[Record]:
    """The pairs of the course on another model, with one step size for all of them."""
    if other.pairs is not None:
        said = _("three-pairs has its pairs; try drillbox lab own FILE --model …")
        raise LabError(said)
    streamed = own.start_run(
        run,
        named(other.model),
        device=other.device,
        **asdict(how),
    )
    records = []
    with closing(streamed):
        for record in streamed:
            if other.as_json:
                click.echo(json.dumps(record, ensure_ascii=False))
            records.append(record)
    if other.as_json:
        click.echo(json.dumps(summary(records), ensure_ascii=False))
        return records
    for told in own.told(records):
        click.echo("\n".join(("", *lines(told))))
    return records
