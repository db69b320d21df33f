"""The run three-pairs in lines of text: a pair, its steps, what happened, its curves.

For who reads line by line: the command line and the plain shell say it alike.
"""

from collections.abc import Iterator, Sequence

from drillbox.lab.axis import minus
from drillbox.lab.compare import Result, flat, outcomes, rounding
from drillbox.lab.inwords import sentences
from drillbox.lab.pair_chart import pair_chart
from drillbox.lab.reason import why_chosen, why_rejected
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record
from drillbox.words import _, ngettext

SHOWN = (0, 1, 10, 20, 30, 40, 50)  # the steps that the table has
WORDS = {"chosen": "log π(chosen)", "rejected": "log π(rejected)"}
GRADIENTS = {"chosen": "g_w", "rejected": "g_l"}


def answers(pair: Pair, numbers: Record) -> Iterator[str]:
    """The prompt, and each answer with what is known of it before the run, in nats."""
    yield f"{_('prompt'):9} {pair.prompt}"
    for side, gradient in GRADIENTS.items():
        yield f"{_(side):9} {getattr(pair, side)}"
        known = _("log π {policy}   log ref {reference}   ‖{gradient}‖ {norm}")
        yield " " * 10 + known.format(
            policy=f"{numbers[f'logp_{side}']:.3f}",
            reference=f"{numbers[f'ref_{side}']:.3f}",
            gradient=gradient,
            norm=f"{numbers[f'norm_{side}']:.1f}",
        )


def heading(header: Record) -> str:
    """What is run, and the heads of its table's columns."""
    head = ngettext(
        "{run}: β {beta}, {optimizer}, step size {lr}, {device}, {dtype}, {n} thread",
        "{run}: β {beta}, {optimizer}, step size {lr}, {device}, {dtype}, {n} threads",
        header["threads"],
    ).format(
        run=header["run"],
        beta=f"{header['beta']:g}",
        optimizer=header["optimizer"],
        lr=f"{header['lr']:g}",
        device=header["device"],
        dtype=header["dtype"],
        n=header["threads"],
    )
    # Translators: each word stands over a column that is as wide as this one.
    columns = _(
        "step  pair  log π(chosen)    change  log π(rejected)    change  weight    loss"
    )
    return f"\n{head}\n\n{columns}"


def row(record: Record, start: Record) -> str:
    """A step of a pair as a row of the table. start: its step 0."""
    chosen, rejected = record["logp_chosen"], record["logp_rejected"]
    return (
        f"{record['step']:4}  {record['pair']:4}  {chosen:13.5f} "
        f"{chosen - start['logp_chosen']:+z9.5f}  {rejected:15.5f} "
        f"{rejected - start['logp_rejected']:+z9.5f}  "
        f"{record['weight']:6.4f}  {record['loss']:6.4f}"
    )


def step(record: Record, start: Record) -> str:
    """The same as a sentence, with the changes since step 0 alone."""
    chosen, rejected = (
        f"{side} {record[f'logp_{side}'] - start[f'logp_{side}']:+z.5f}"
        for side in ("chosen", "rejected")
    )
    said = _("Step {n}, {pair}: {chosen}, {rejected} nats, weight {weight}")
    return said.format(
        n=record["step"],
        pair=record["pair"],
        chosen=minus(chosen),
        rejected=minus(rejected),
        weight=minus(f"{record['weight']:.4f}"),
    )


def rounded(records: Sequence[Record]) -> list[str]:
    """How far float32 was from float64, where the run was replayed in it."""
    off = rounding(records)
    if off is None:
        return []
    said = _(
        "The same in float64: no change differs by more than {first} nats after step "
        "1, {last} after the last."
    )
    return [said.format(first=f"{off[0]:.0e}", last=f"{off[1]:.0e}")]


def judged(result: Result) -> tuple[str, str]:
    """What happened to a quantity and what was said of it; why."""
    wrong = _("wrong, you said {said}").format(said=result.predicted)
    mark = _("right") if result.right else wrong
    first = _moved(result.pair, result.quantity, result.happened, result.value)
    return f"{first}: {mark}", f"{result.why}."


def happened(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """The same of every quantity, for somebody who predicted nothing. LabError."""
    found, least = outcomes(records), flat(records)
    for start in records:
        if start["type"] == "pair":
            pair, one = start["pair"], found[start["pair"]]
            why = why_chosen(one.chosen, start, least)
            yield _moved(pair, "chosen", one.chosen, one.by_chosen), f"{why}."
            why = why_rejected(one.rejected, start, least)
            yield _moved(pair, "rejected", one.rejected, one.by_rejected), f"{why}."


def _moved(pair: str, quantity: str, move: str, value: float) -> str:
    said = _("{pair}  {quantity}: {move} ({value} nats)")
    name, change = WORDS[quantity], minus(f"{value:+z.6f}")
    return said.format(pair=pair, quantity=name, move=move, value=change)


def curves(records: Sequence[Record]) -> list[str]:
    """The chart in words: its title, then a sentence for each log-prob of each pair."""
    chart = pair_chart(records)
    return [f"{chart.title}:", *sentences(chart)]
