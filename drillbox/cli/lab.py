"""`drillbox lab`: real training runs, predicted and then run."""

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from typing import IO

import click

from drillbox.cli import complete, later, on_model, rounds, telling
from drillbox.cli.asking import keep
from drillbox.cli.conduct import Wish, conduct
from drillbox.cli.own import (
    OTHER_MODEL,
    hunt_pair,
    own_pairs,
    pick,
    retrained,
    told_lines,
)
from drillbox.cli.remake import remake
from drillbox.domain.event import OUTCOME, PREDICT, Draft
from drillbox.lab import after, begin, document, second
from drillbox.lab.chart import svg
from drillbox.lab.general import Run
from drillbox.lab.keep import save
from drillbox.lab.pair_chart import pair_chart
from drillbox.lab.recipe import PairRun
from drillbox.lab.run import (
    DEVICES,
    LabError,
    find,
    runs,
    start,
    start_after,
    worker_of,
)
from drillbox.lab.summary import summary
from drillbox.words import _


@click.group("lab", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Predict a real training run, then run it.

    \b
    Examples:
      drillbox lab list
      drillbox lab run three-pairs
      drillbox lab run three-pairs --json --dtype float64
      drillbox lab hunt
    """
    if context.invoked_subcommand is None:
        context.invoke(list_runs)


for verb in (own_pairs, hunt_pair, pick, retrained, remake):
    command.add_command(verb)


@command.command("list")
def list_runs() -> None:
    """The runs there are."""
    every: list[PairRun | Run] = [*begin.general_runs(), *runs()]
    width = max(len(run.id) for run in every)
    for run in sorted(every, key=lambda run: run.drop):
        drop = _("drop {n}").format(n=f"{run.drop:<3}")
        click.echo(f"{run.id:{width}}  {drop} {_(run.title)}")


@command.command("run")
@click.argument("name", shell_complete=complete.runs)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True)
@click.option("--dtype", help="Of three-pairs: float32, float64.")
@click.option("--threads", type=int, default=1, show_default=True)
@click.option("--lr", type=float, help="Of three-pairs: another step size.")
@click.option("--set", "wishes", multiple=True, help="key=value; may be repeated.")
@click.option("--seed", type=int, help="What is drawn at random; 0 if left out.")
@click.option("--predict", type=click.File("r"), help="A JSON file, or -.")
@click.option("--save", "file", type=click.Path(dir_okay=False), help="Keep the run.")
@click.option("--csv", "table", type=click.Path(dir_okay=False), help="As a table.")
@click.option("--svg", "chart", type=click.Path(dir_okay=False), help="As a chart.")
@click.option("--model", help=OTHER_MODEL)
@click.option("--pairs", type=click.Path(), help="Of gram: a file of pairs.")
def run_one(
    name: str,
    as_json: bool,
    device: str,
    dtype: str | None,
    threads: int,
    lr: float | None,
    wishes: tuple[str, ...],
    seed: int | None,
    predict: IO[str] | None,
    file: str | None,
    table: str | None,
    chart: str | None,
    model: str | None,
    pairs: str | None,
) -> None:
    """Run NAME; on a terminal you predict it first.

    Of three-pairs, predictions are one object for each pair, such as {"A": {"chosen":
    "up", "rejected": "down", "confidence": 0.8}}; moves are up, down and flat,
    confidences 0.33 to 1; they are for calibration. "round2": {"A": {"chosen": "up",
    "rejected": "down"}, …} answers with the Gram matrix open and passes when all six
    are right; "after": {"adam": "up", "joint": "down"} says where log π(rejected) of C
    goes under Adam and log π(chosen) of B in one batch, and runs both. Of the other
    runs they are one object for each question, such as {"gap": {"answer": "below 1e-8",
    "confidence": 0.8}}.

    \b
    Examples:
      drillbox lab run three-pairs
      drillbox lab run three-pairs --json --predict mine.json
      drillbox lab run three-pairs --lr 1e-5 --threads 2
      drillbox lab run tabular --set beta=0.3 --seed 7 --csv table.csv
      drillbox lab run gram --model ~/models/my-model --pairs pairs.jsonl
    """
    general = begin.find(name)
    other = on_model.Other(model, pairs, as_json, device)
    if other:
        on_model.refused(name, (("--predict", predict), ("--svg", chart)))
        if general is not None:
            _only_pairs(name, dtype, threads, lr)
            records = on_model.gram(wishes, other)
        else:
            run = find(name)
            how = on_model.How(
                dtype or "float32", threads, _step_size(run, wishes, lr), seed
            )
            records = on_model.three_pairs(run, other, how, told_lines)
        if file is not None:
            document.write(file, document.text(records))
        if table is not None:
            document.write(table, document.table(records))
        return
    if general is not None:
        _only_pairs(name, dtype, threads, lr)
        wish = Wish(as_json, device, wishes, seed or 0, predict, file, table, chart)
        conduct(general, wish, at_terminal=_at_terminal())
        return
    run = find(name)
    lr = _step_size(run, wishes, lr)
    dtype = dtype or "float32"
    with closing(worker_of(threads)) as warm:
        # Before the questions: it refuses what cannot be run, and runs nothing yet.
        streamed = start(
            run.id,
            device=device,
            dtype=dtype,
            threads=threads,
            lr=lr,
            seed=seed,
            warm=warm,
        )
        if _asks(predict, as_json):
            warm.start()
        said_later, data = later.filed(predict)
        asks = _asks(None, as_json)
        said, again, first = rounds.said(run, data, lr, asks=asks)
        if again:
            keep(Draft(PREDICT, run.course, run.id, body=second.body(again)))
        with closing(streamed):
            records = list(telling.shown(streamed, as_json))
    if not as_json:
        telling.replayed(records)
    if said:
        body = telling.judge(said, again, records, as_json)
        keep(Draft(OUTCOME, run.course, run.id, target=first, body=body))
    if not as_json:
        click.echo("\n".join(telling.happened(run, bool(said), records)))
    if file is not None:
        save(records, file)
    if table is not None:
        document.write(table, document.table(records))
    if chart is not None:
        document.write(chart, svg(pair_chart(records)))
    if said and _asks(predict, as_json):
        said_later = later.asked()
    if said_later:
        keep(Draft(PREDICT, run.course, run.id, body=after.body(said_later)))
        others = start_after(
            run.id, device=device, dtype=dtype, threads=threads, lr=lr, seed=seed
        )
        with closing(others):
            later.tell(said_later, list(others), as_json)
    if as_json:
        click.echo(json.dumps(summary(records), ensure_ascii=False))


def _only_pairs(name: str, dtype: str | None, threads: int, lr: float | None) -> None:
    """Refuse what only the run three-pairs has a use for."""
    given = {"--dtype": dtype, "--threads": None if threads == 1 else threads}
    for option, value in {**given, "--lr": lr}.items():
        if value is not None:
            none = _("{run} takes no {option}; it takes --set key=value")
            raise LabError(none.format(run=name, option=option))


def _step_size(run: PairRun, wishes: Iterable[str], lr: float | None) -> float | None:
    """--set lr=… says the same as --lr …; nothing else can be set."""
    for wish in wishes:
        key, _equals, text = wish.partition("=")
        if key.strip() != "lr":
            none = _("{run} has no setting {key}; it has lr")
            raise LabError(none.format(run=run.id, key=repr(key.strip())))
        try:
            lr = float(text)
        except ValueError:
            said = _("lr is {text}; write a number, such as 1e-5")
            raise LabError(said.format(text=repr(text))) from None
    return lr


def _asks(file: IO[str] | None, as_json: bool) -> bool:
    return file is None and not as_json and _at_terminal()


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
