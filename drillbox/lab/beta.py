"""The run `beta`: what β does, one optimizer at a time."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import (
    Happened,
    Question,
    Record,
    Run,
    Setting,
    of_type,
    way,
)

FLAT = 0.1  # nats of KL
PEAK = (1.0, 3.0)  # of β h, for a peak near 2; the values of β lie that far apart

TEXT = """\
The tiny language model is the policy's start and the reference. Pairs prefer a
good word about something to a bad one. Two optimizers, many values of β, each
from the reference anew; h is the log-ratio gap, (log π_w − log ref_w) −
(log π_l − log ref_l), in nats.

1. SGD on one pair alone, 40 steps, ten values of β from 0.1 to 10.
2. AdamW on 64 pairs in batches of 8, 150 steps, five values of β from 0.1 to
   30. Then the policy answers 256 prompts, and its KL to the reference is
   taken. Between β 0.1 and 1 the KL changes little and hangs on the seed as
   well; so no value stands between them.

It takes about ten seconds.\
"""

FIRST = ("about ten times as large", "about the same", "about a tenth")
WHERE = (
    "at the smallest β",
    "between, where β h is about 2",
    "between, but not there",
    "at the largest β",
)


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    sgd, adamw = of_type(records, "sgd"), of_type(records, "adamw")
    return {
        "sgd": _sgd(sgd),
        "peak": _peak(sgd),
        "adamw": _adamw(adamw),
        "kl": _kl(adamw),
    }


def _ratio(small: float, large: float) -> str:
    ratio = large / small
    return FIRST[0] if ratio > 10**0.5 else FIRST[2] if ratio < 10**-0.5 else FIRST[1]


def _at(records: Sequence[Record], beta: float, step: int) -> float:
    """h of SGD after this step."""
    found = (one for one in records if (one["beta"], one["step"]) == (beta, step))
    return float(next(found)["gap"])


def _sgd(sgd: Sequence[Record]) -> Happened:
    small, large = _at(sgd, 0.1, 1), _at(sgd, 1.0, 1)
    return Happened(
        _ratio(small, large),
        f"{small:.5f} → {large:.5f} nats",
        "at h = 0 the slope of the loss in h is β/2, and a step of SGD is as long as "
        "the slope",
    )


def _peak(sgd: Sequence[Record]) -> Happened:
    last = max((one["step"] for one in sgd), default=0)
    ends = {one["beta"]: one["gap"] for one in sgd if one["step"] == last}
    beta = max(ends, key=lambda beta: ends[beta])
    product = beta * ends[beta]
    inside = WHERE[1] if PEAK[0] <= product <= PEAK[1] else WHERE[2]
    answer = {min(ends): WHERE[0], max(ends): WHERE[3]}.get(beta, inside)
    return Happened(
        answer,
        f"h = {ends[beta]:.3f} at β = {beta:g}, β h = {product:.2f}",
        "the pull is β σ(−β h): a larger β pulls harder at first and lets go earlier; "
        "for gradient descent on one pair the two balance at β h = 2",
    )


def _adamw(adamw: Sequence[Record]) -> Happened:
    by_beta = {one["beta"]: one["gap_after_1"] for one in adamw}
    small, large = by_beta[0.1], by_beta[1.0]
    return Happened(
        _ratio(small, large),
        f"{small:.4f} → {large:.4f} nats",
        "the first step of Adam divides each gradient by its own size, and so the β in "
        "front of it",
    )


def _kl(adamw: Sequence[Record]) -> Happened:
    values = [one["kl"] for one in adamw]
    why = (
        "a learnt pair needs β h alone, so a larger β is content with a smaller h, and "
        "that is a policy closer to the reference"
    )
    rises = sum(second > first for first, second in pairwise(values))
    if rises:
        gaps = [one["gap"] for one in adamw]
        orderly = all(second < first for first, second in pairwise(gaps))
        why += f"; it rises at {rises} of the {len(values) - 1} steps of the sweep"
        why += ", while h falls at every one" if orderly else ""
    listed = ", ".join(f"{one['beta']:g}: {one['kl']:.2f}" for one in adamw)
    return Happened(way(values[-1] - values[0], FLAT), f"nats by β: {listed}", why)


def line(record: Record) -> str:
    """A record as a line of text; of SGD every tenth step."""
    if record["type"] == "pairs":
        return f"{record['count']} pairs; the first: {' / '.join(record['first'])}"
    if record["type"] == "sgd" and (record["step"] % 10 == 0 or record["step"] == 1):
        return (
            f"SGD    β {record['beta']:<4g}  step {record['step']:3}  h "
            f"{record['gap']:z.5f}  β h {record['beta'] * record['gap']:z.4f}"
        )
    if record["type"] == "adamw":
        return (
            f"AdamW  β {record['beta']:<4g}  h after step 1 "
            f"{record['gap_after_1']:.5f}, at the end {record['gap']:.2f}, KL "
            f"{record['kl']:.2f} nats"
        )
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """SGD alone: the gap over β after some of the steps."""
    sgd = of_type(records, "sgd")
    last = max((one["step"] for one in sgd), default=0)
    series = [
        Series(
            f"after {step} steps",
            tuple((one["beta"], one["gap"]) for one in sgd if one["step"] == step),
        )
        for step in dict.fromkeys((10, 20, last))
    ]
    return Chart("SGD on one pair: the gap over β", "β", "h, nats", tuple(series))


BETA = Run(
    id="beta",
    title="The two faces of β",
    drop=12,
    text=TEXT,
    settings=(
        Setting("sgd_lr", 1.5e-4, "the step size of SGD", 1e-7, 1.0),
        Setting("sgd_steps", 40, "steps of SGD", 1, 500),
        Setting("adamw_lr", 5e-5, "the step size of AdamW", 1e-7, 1.0),
        Setting("adamw_steps", 150, "steps of AdamW", 1, 500),
    ),
    questions=(
        Question(
            "sgd",
            "One step of SGD: with β = 1 instead of 0.1, the first change of h is",
            FIRST,
        ),
        Question("peak", "After all steps of SGD, h is largest", WHERE),
        Question(
            "adamw",
            "One step of AdamW: with β = 1 instead of 0.1, the first change of h is",
            FIRST,
        ),
        Question(
            "kl",
            "After all steps of AdamW, from β = 0.1 to β = 30, the KL goes",
            ("up", "down", "same"),
        ),
    ),
    worker="drillbox.reference.worlds_beta",
    seconds=16.0,
    shows=(
        "One step of SGD is as long as β; the first step of AdamW does not see β.",
        "After a fixed number of steps of SGD the gap is largest where β h is near 2, "
        "neither at the smallest β nor at the largest.",
        "After 150 steps of AdamW the KL to the reference is smaller at every larger β "
        "of the sweep: little between 0.1 and 1, from 1 on by factors.",
    ),
    happened=happened,
    line=line,
    chart=chart,
)
