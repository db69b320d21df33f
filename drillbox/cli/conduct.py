"""A run at the command line: asked, run, shown, judged, kept."""

import json
import textwrap
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from typing import IO

import click

from drillbox.cli.asking import indented, keep, read, sure
from drillbox.domain.event import PREDICT, Draft
from drillbox.lab import document, inwords, judge, setting
from drillbox.lab.chart import Chart, svg
from drillbox.lab.general import Answer, Question, Record, Run, Value, word
from drillbox.lab.judge import Judged, Said, Verdict
from drillbox.lab.run import LabError, StoppedError
from drillbox.session.runs import Worker, begin, worker_of
from drillbox.words import _, ngettext

ASK = "ask"
MOST_WIDE = 76  # cells of a table


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for. predict: open; the last three: paths to write."""

    as_json: bool
    device: str
    settings: tuple[str, ...]
    seed: int
    predict: IO[str] | None
    save: str | None
    csv: str | None
    svg: str | None


def conduct(run: Run, wish: Wish, *, at_terminal: bool) -> None:
    """Predict, run, compare. Raises LabError."""
    asks = at_terminal and not wish.as_json
    with closing(worker_of(run)) as warm:
        said, streamed = _predicted(run, wish, asks, warm)
        if said:
            keep(Draft(PREDICT, run.course, run.id, body=judge.body(said)))
        with closing(streamed):
            records = list(_shown(run, streamed, wish.as_json))
    _tell(run, said, records, wish.as_json)
    _files(run, wish, records)


def _predicted(
    run: Run, wish: Wish, asks: bool, warm: Worker
) -> tuple[dict[str, Said], Generator[Record, None, None]]:
    """What was predicted, and the run, which has not begun."""
    values = setting.chosen(run, wish.settings)
    try:
        values = _compared(run, values, asks)
        # Before the questions: it refuses what cannot be run, and runs nothing yet.
        streamed = begin(run, values, device=wish.device, seed=wish.seed, warm=warm)
        if asks:
            warm.start()
        return _said(run, values, wish.predict, asks), streamed
    except click.Abort:
        click.echo()
        said = _(
            "stopped before the run; predictions count once all questions have one"
        )
        raise StoppedError(said) from None


def _compared(run: Run, values: dict[str, Value], asks: bool) -> dict[str, Value]:
    """The settings, with the learner's own choices where they were wished for."""
    if not run.compared or values.get("choices") != ASK:
        return values
    if not asks:
        raise LabError(_("choices=ask asks at a terminal; write choices=AB,BC,…"))
    texts = dict(zip("ABCDEFGH", run.compared, strict=False))
    click.echo(_("Which of the two do you prefer? Write its letter.") + "\n")
    click.echo("\n".join(f"{letter}  {_(text)}" for letter, text in texts.items()))
    choices = []
    for one, other in combinations(texts, 2):
        asked = _("{one} or {other}").format(one=one, other=other)
        pick = click.prompt(asked, type=click.Choice([one, other]))
        choices.append(pick + (other if pick == one else one))
    return {**values, "choices": ",".join(choices)}


def _said(
    run: Run,
    values: Mapping[str, Value],
    file: IO[str] | None,
    asks: bool,
) -> dict[str, Said]:
    if file is not None:
        return judge.read(read(file), run)
    if not asks:
        return {}
    click.echo(f"{_(run.title)}\n\n{_(run.text)}\n")
    for one in run.settings:
        click.echo(f"   {one.key} = {values[one.key]}: {_(one.text)}")
    return {question.id: _ask(question) for question in run.questions}


def _ask(question: Question) -> Said:
    click.echo("\n" + "\n".join(indented(_(question.text))).strip())
    answer: Answer
    if question.choices:
        listed = [f"{n} {_(choice)}" for n, choice in enumerate(question.choices, 1)]
        click.echo("   " + "   ".join(listed))
        most = len(question.choices)
        number = click.prompt(_("Number"), type=click.IntRange(1, most))
        answer = question.choices[number - 1]
    else:
        asked = _("A number (within {range})").format(range=f"{question.within:g}")
        answer = click.prompt(asked, value_proc=_number)
    return Said(answer, sure())


def _number(text: str) -> float:
    try:
        return judge.number(text)
    except ValueError:
        said = _("{typed} is no number; type one such as 0.5").format(typed=repr(text))
        raise click.UsageError(said) from None


def _shown(run: Run, records: Iterable[Record], as_json: bool) -> Iterator[Record]:
    """Each record, after it has been printed."""
    for record in records:
        if as_json:
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            text = _line(run, record)
            if text:
                click.echo(text)
        yield record


def _line(run: Run, record: Record) -> str:
    if record["type"] == "header":
        settings = ", ".join(f"{k} {v}" for k, v in record["settings"].items())
        text = _("{run}: {settings}, seed {seed}, {device}, {dtype}").format(
            run=run.id,
            settings=settings,
            seed=record["seed"],
            device=record["device"],
            dtype=record["dtype"],
        )
        return "\n" + "\n".join(indented(text)).strip() + "\n"
    if record["type"] == "end":
        return _("{n} s").format(n=f"{record['seconds']:.1f}")
    text = run.line(record)
    if len(text) < 80:
        return text  # its columns as they are
    return "\n".join(textwrap.wrap(text, 79, subsequent_indent="   "))


def _tell(
    run: Run,
    said: Mapping[str, Said],
    records: Sequence[Record],
    as_json: bool,
) -> None:
    if as_json and not said:
        return
    verdict = judge.judge(run, said, records) if said else None
    if as_json and verdict is not None:
        click.echo(json.dumps(judge.told(said, verdict), ensure_ascii=False))
        return
    lines = _verdict(run, verdict) if verdict else _happened(run, records)
    shows = [line for text in run.shows for line in indented(_(text))]
    curves = _curves(run.chart(records))
    click.echo("\n".join(("", *lines, "", *curves, "", _("What it shows:"), *shows)))


def _curves(chart: Chart) -> list[str]:
    """The chart in words, after a small table where its lines share their steps."""
    values = inwords.table(chart)
    if values and max(map(len, values)) > MOST_WIDE:
        values = []
    told = [line for text in inwords.sentences(chart) for line in indented(text)]
    return [f"{chart.title}:", *(f"   {row}" for row in values), *told]


def _verdict(run: Run, verdict: Verdict) -> list[str]:
    texts = {question.id: _(question.text) for question in run.questions}
    lines = [line for one in verdict.results for line in _judged(texts, one)]
    n, score = len(verdict.results), f"{verdict.brier:.3f}"
    said = ngettext(
        "{right} of {n} right. Brier score of your confidence: {score}\n"
        "(0 is perfect; being 50% sure of everything gives 0.25).",
        "{right} of {n} right. Brier score of your confidence: {score}\n"
        "(0 is perfect; being 50% sure of everything gives 0.25).",
        n,
    )
    told = said.format(right=verdict.right, n=n, score=score)
    return [*lines, "", *told.split("\n")]


def _judged(texts: Mapping[str, str], one: Judged) -> list[str]:
    said = _("wrong, you said {said}").format(said=word(one.predicted))
    mark = _("right") if one.right else said
    return _told(texts[one.question], one.happened, f"{one.value}): {mark}", one.why)


def _happened(run: Run, records: Sequence[Record]) -> list[str]:
    """What happened, for somebody who predicted nothing."""
    happened = run.happened(records)
    lines = []
    for question in run.questions:
        one = happened[question.id]
        lines += _told(_(question.text), one.answer, f"{one.value})", one.why)
    return lines


def _told(text: str, happened: Answer, rest: str, why: str) -> list[str]:
    answer = f"→ {word(happened)} ({rest}"
    return ["\n".join(indented(text)).strip(), *indented(answer), *indented(f"{why}.")]


def _files(run: Run, wish: Wish, records: Sequence[Record]) -> None:
    if wish.save is not None:
        document.write(wish.save, document.text(records))
    if wish.csv is not None:
        document.write(wish.csv, document.table(records))
    if wish.svg is not None:
        document.write(wish.svg, svg(run.chart(records)))
