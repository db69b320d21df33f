"""The run three-pairs at the command line: its records as they come, the verdict on
what was predicted, and what the run shows."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from drillbox.cli.asking import indented
from drillbox.lab import pair_words, second
from drillbox.lab.compare import Comparison, Result, compare, outcome_of, told
from drillbox.lab.predict import Prediction
from drillbox.lab.recipe import PairRun
from drillbox.lab.run import Record
from drillbox.words import _, ngettext


def shown(records: Iterable[Record], as_json: bool) -> Iterator[Record]:
    """Each record, after it has been printed."""
    starts: dict[str, Record] = {}
    for record in records:
        if as_json:
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            _print(record, starts)
        yield record


def replayed(records: list[Record]) -> None:
    """How far rounding moves what it found."""
    for text in pair_words.rounded(records):
        click.echo(textwrap.fill(text, 79))


def _print(record: Record, starts: dict[str, Record]) -> None:
    if record["type"] == "header":
        click.echo(pair_words.heading(record))
    elif record["type"] == "step":
        start = starts.setdefault(record["pair"], record)
        if record["step"] in pair_words.SHOWN:
            click.echo(pair_words.row(record, start))
    elif record["type"] == "end":
        click.echo(_("{n} s").format(n=f"{record['seconds']:.1f}"))


def judge(
    said: Mapping[str, Prediction],
    again: Mapping[str, second.Moves],
    records: list[Record],
    as_json: bool,
) -> dict[str, Any]:
    """Tell the verdict; what the log keeps of it."""
    verdict = compare(said, records)
    passed = second.judge(again, records)
    if as_json:
        both = told(said, verdict, records)
        if again:
            both |= {"round2": passed.kept}
        click.echo(json.dumps(both, ensure_ascii=False))
    else:
        click.echo(_verdict(verdict))
        if again:
            click.echo("\n" + "\n".join((passed.text, *passed.wrong)))
    return outcome_of(verdict, passed.kept, records)


def _verdict(verdict: Comparison) -> str:
    lines = [line for result in verdict.results for line in _judged(result)]
    n = len(verdict.results)
    said = ngettext(
        "Round 1: {right} of {n} right. It counts for your calibration alone:\n"
        "see drillbox stats.",
        "Round 1: {right} of {n} right. It counts for your calibration alone:\n"
        "see drillbox stats.",
        n,
    )
    return "\n".join(("", *lines, "", said.format(right=verdict.right, n=n)))


def _judged(result: Result) -> list[str]:
    first, why = pair_words.judged(result)
    return [first, *indented(why)]


def happened(run: PairRun, said: bool, records: list[Record]) -> list[str]:
    """What happened, for who predicted nothing; the curves; what the run shows."""
    found = () if said else pair_words.happened(records)
    lines = [line for first, why in found for line in (first, *indented(why))]
    title, *curves = pair_words.curves(records)
    curves = [line for text in curves for line in indented(text)]
    shows = [line for text in run.shows for line in indented(_(text))]
    ahead = ["", *lines] if lines else []
    return [*ahead, "", title, *curves, "", _("What it shows:"), *shows]
