"""The run three-pairs in lines of text: a pair, its steps, what happened, its curves.

For who reads line by line: the command line and the plain shell say it alike.
"""

from collections.abc import Iterator, Sequence

from drillbox.lab.compare import Result, flat, outcomes, rounding
from drillbox.lab.inwords import sentences
from drillbox.lab.pair_chart import pair_chart
from drillbox.lab.reason import why_chosen, why_rejected
from drillbox.lab.recipe import Pair
from drillbox.lab.run import Record

SHOWN = (0, 1, 10, 20, 30, 40, 50)  # the steps that the table has
WORDS = {"chosen": "log π(chosen)", "rejected": "log π(rejected)"}
GRADIENTS = {"chosen": "g_w", "rejected": "g_l"}


def answers(pair: Pair, numbers: Record) -> Iterator[str]:
    """The prompt, and each answer with what is known of it before the run, in nats."""
    yield f"prompt    {pair.prompt}"
    for side, gradient in GRADIENTS.items():
        yield f"{side:9} {getattr(pair, side)}"
        yield (
            f"          log π {numbers[f'logp_{side}']:.3f}   "
            f"log ref {numbers[f'ref_{side}']:.3f}   "
            f"‖{gradient}‖ {numbers[f'norm_{side}']:.1f}"
        )


def heading(header: Record) -> str:
    """What is run, and the heads of its table's columns."""
    plural = "" if header["threads"] == 1 else "s"
    return (
        f"\n{header['run']}: β {header['beta']:g}, {header['optimizer']}, step size "
        f"{header['lr']:g}, {header['device']}, {header['dtype']}, "
        f"{header['threads']} thread{plural}\n\n"
        "step  pair  log π(chosen)    change  log π(rejected)    change  weight    loss"
    )


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
    text = f"{chosen}, {rejected} nats, weight {record['weight']:.4f}"
    return f"Step {record['step']}, {record['pair']}: {text}".replace("-", "−")


def rounded(records: Sequence[Record]) -> list[str]:
    """How far float32 was from float64, where the run was replayed in it."""
    off = rounding(records)
    if off is None:
        return []
    return [
        f"The same in float64: no change differs by more than {off[0]:.0e} nats after "
        f"step 1, {off[1]:.0e} after the last."
    ]


def judged(result: Result) -> tuple[str, str]:
    """What happened to a quantity and what was said of it; why."""
    mark = "right" if result.right else f"wrong, you said {result.predicted}"
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
    return f"{pair}  {WORDS[quantity]}: {move} ({value:+z.6f} nats)"


def curves(records: Sequence[Record]) -> list[str]:
    """The chart in words: its title, then a sentence for each log-prob of each pair."""
    chart = pair_chart(records)
    return [f"{chart.title}:", *sentences(chart)]
