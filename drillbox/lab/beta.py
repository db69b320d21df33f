"""The run `beta`: what β does, one optimizer at a time."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import (
    WAYS,
    Happened,
    Question,
    Record,
    Run,
    Setting,
    of_type,
    way,
)
from drillbox.words import N_, _, ngettext

FLAT = 0.1  # nats of KL
PEAK = (1.0, 3.0)  # of β h, for a peak near 2; the values of β lie that far apart

TEXT = N_(
    """\
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
)

FIRST = (N_("about ten times as large"), N_("about the same"), N_("about a tenth"))
WHERE = (
    N_("at the smallest β"),
    N_("between, where β h is about 2"),
    N_("between, but not there"),
    N_("at the largest β"),
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
        _("{small:.5f} → {large:.5f} nats").format(small=small, large=large),
        _(
            "at h = 0 the slope of the loss in h is β/2, and a step of SGD is "
            "as long as the slope"
        ),
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
        _("h = {h:.3f} at β = {beta:g}, β h = {product:.2f}").format(
            h=ends[beta], beta=beta, product=product
        ),
        _(
            "the pull is β σ(−β h): a larger β pulls harder at first and lets "
            "go earlier; for gradient descent on one pair the two balance at β "
            "h = 2"
        ),
    )


def _adamw(adamw: Sequence[Record]) -> Happened:
    by_beta = {one["beta"]: one["gap_after_1"] for one in adamw}
    small, large = by_beta[0.1], by_beta[1.0]
    return Happened(
        _ratio(small, large),
        _("{small:.4f} → {large:.4f} nats").format(small=small, large=large),
        _(
            "the first step of Adam divides each gradient by its own size, and "
            "so the β in front of it"
        ),
    )


def _kl(adamw: Sequence[Record]) -> Happened:
    values = [one["kl"] for one in adamw]
    why = needs = _(
        "a learnt pair needs β h alone, so a larger β is content with a "
        "smaller h, and that is a policy closer to the reference"
    )
    rises = sum(second > first for first, second in pairwise(values))
    if rises:
        gaps = [one["gap"] for one in adamw]
        orderly = all(second < first for first, second in pairwise(gaps))
        why = _("{why}; it rises at {n} of the {steps} steps of the sweep")
        if orderly:
            why = _(
                "{why}; it rises at {n} of the {steps} steps of the sweep, while h "
                "falls at every one"
            )
        why = why.format(why=needs, n=rises, steps=len(values) - 1)
    listed = ", ".join(f"{one['beta']:g}: {one['kl']:.2f}" for one in adamw)
    return Happened(
        way(values[-1] - values[0], FLAT),
        _("nats by β: {listed}").format(listed=listed),
        why,
    )


def line(record: Record) -> str:
    """A record as a line of text; of SGD every tenth step."""
    if record["type"] == "pairs":
        said = ngettext(
            "{n} pairs; the first: {first}",
            "{n} pairs; the first: {first}",
            record["count"],
        )
        return said.format(n=record["count"], first=" / ".join(record["first"]))
    if record["type"] == "sgd" and (record["step"] % 10 == 0 or record["step"] == 1):
        return _(
            "SGD    β {beta:<4g}  step {step:3}  h {gap:z.5f}  β h {product:z.4f}"
        ).format(
            beta=record["beta"],
            step=record["step"],
            gap=record["gap"],
            product=record["beta"] * record["gap"],
        )
    if record["type"] == "adamw":
        return _(
            "AdamW  β {beta:<4g}  h after step 1 {gap_after_1:.5f}, at the end "
            "{gap:.2f}, KL {kl:.2f} nats"
        ).format_map(record)
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """SGD alone: the gap over β after some of the steps."""
    sgd = of_type(records, "sgd")
    last = max((one["step"] for one in sgd), default=0)
    series = [
        Series(
            ngettext("after {n} steps", "after {n} steps", step).format(n=step),
            tuple((one["beta"], one["gap"]) for one in sgd if one["step"] == step),
        )
        for step in dict.fromkeys((10, 20, last))
    ]
    return Chart(_("SGD on one pair: the gap over β"), "β", _("h, nats"), tuple(series))


BETA = Run(
    id="beta",
    title=N_("The two faces of β"),
    drop=12,
    text=TEXT,
    settings=(
        Setting("sgd_lr", 1.5e-4, N_("the step size of SGD"), 1e-7, 1.0),
        Setting("sgd_steps", 40, N_("steps of SGD"), 1, 500),
        Setting("adamw_lr", 5e-5, N_("the step size of AdamW"), 1e-7, 1.0),
        Setting("adamw_steps", 150, N_("steps of AdamW"), 1, 500),
    ),
    questions=(
        Question(
            "sgd",
            N_("One step of SGD: with β = 1 instead of 0.1, the first change of h is"),
            FIRST,
        ),
        Question("peak", N_("After all steps of SGD, h is largest"), WHERE),
        Question(
            "adamw",
            N_(
                "One step of AdamW: with β = 1 instead of 0.1, the first change of h is"
            ),
            FIRST,
        ),
        Question(
            "kl",
            N_("After all steps of AdamW, from β = 0.1 to β = 30, the KL goes"),
            WAYS,
        ),
    ),
    worker="drillbox.reference.worlds_beta",
    seconds=16.0,
    shows=(
        N_("One step of SGD is as long as β; the first step of AdamW does not see β."),
        N_(
            "After a fixed number of steps of SGD the gap is largest where β h "
            "is near 2, neither at the smallest β nor at the largest."
        ),
        N_(
            "After 150 steps of AdamW the KL to the reference is smaller at "
            "every larger β of the sweep: little between 0.1 and 1, from 1 on "
            "by factors."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
