"""The run `gram`: any pair, its Gram matrix, the prediction, one step, the truth."""

from collections.abc import Mapping, Sequence
from math import log10

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
from drillbox.words import N_, _

FLAT = 0.02  # of the larger change of the two
TINY = 1e-15

TEXT = N_(
    """\
A pair for the tiny language model of drillbox, which is the policy and the
reference: --set prompt=… chosen=… rejected=… gives another pair than this one,
in words that the model knows, with spaces between all of them.

The gradients g_w = ∇ log π(chosen) and g_l = ∇ log π(rejected) are computed,
then their Gram matrix: ‖g_w‖², g_w·g_l, ‖g_l‖². It predicts what one SGD step
on the DPO loss does to both log-probs, to first order. Then the step is really
taken, at a tenth of the step size, at the step size itself, at ten and at a
hundred times as much.

About the same means less than 2% of the larger change of the two.\
"""
)

GROWS = (
    N_("stays about the same"),
    N_("grows about ten times"),
    N_("grows a hundred times"),
)


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    (pair,), steps = of_type(records, "pair"), of_type(records, "step")
    return {
        "chosen": _side(pair, steps[1], 0),
        "rejected": _side(pair, steps[1], 1),
        "error": _error(steps),
    }


def _side(pair: Record, step: Record, side: int) -> Happened:
    change, expected = step["measured"][side], step["predicted"][side]
    largest = max(map(abs, step["measured"]))
    (ww, wl), (_same, ll) = pair["gram"]
    square, name = ((ww, "‖g_w‖²"), (ll, "‖g_l‖²"))[side]
    answer = way(change, FLAT * largest)
    why = _("{norm} = {square:.0f} is less than g_w·g_l = {wl:.0f}")
    if square > wl:
        why = _("{norm} = {square:.0f} is more than g_w·g_l = {wl:.0f}")
    why = why.format(norm=name, square=square, wl=wl)
    if answer == "same":
        why = _("{why}, by so little that this side hardly moves").format(why=why)
    elif change * expected < 0:
        curved = _(
            "{why}; this step is so large that the curvature decides, so set a "
            "smaller lr"
        )
        why = curved.format(why=why)
    return Happened(
        answer,
        _("{change:+.3g} nats, {expected:+.3g} predicted").format(
            change=change, expected=expected
        ),
        why,
    )


def _error(steps: Sequence[Record]) -> Happened:
    small, large = (step["error"] for step in steps[:2])
    ratio = large / max(small, TINY)
    answer = GROWS[0] if ratio < 10**0.5 else GROWS[1] if ratio < 10**1.5 else GROWS[2]
    return Happened(
        answer,
        _("{small:.1e} → {large:.1e} of the larger change").format(
            small=small, large=large
        ),
        _(
            "what first order leaves out has the square of the step size, the "
            "change itself its first power; of their ratio one power is left"
        ),
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pair":
        (ww, wl), (_same, ll) = record["gram"]
        return _(
            "log π {logp_chosen:.3f} {logp_rejected:.3f}   ‖g_w‖² {ww:.1f}  "
            "g_w·g_l {wl:.1f}  ‖g_l‖² {ll:.1f}   cosine {cosine:.2f}"
        ).format(
            logp_chosen=record["logp_chosen"],
            logp_rejected=record["logp_rejected"],
            ww=ww,
            wl=wl,
            ll=ll,
            cosine=record["cosine"],
        )
    if record["type"] == "step":
        predicted, measured = (
            " ".join(f"{value:+.2e}" for value in record[name])
            for name in ("predicted", "measured")
        )
        return _(
            "step size {lr:.0e}  predicted {predicted}  measured {measured}"
        ).format(lr=record["lr"], predicted=predicted, measured=measured)
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """The error of first order over the step size, both as powers of ten."""
    points = [
        (log10(one["lr"]), log10(max(one["error"], TINY)))
        for one in of_type(records, "step")
    ]
    return Chart(
        _("How wrong first order is"),
        _("log₁₀ of the step size"),
        _("log₁₀ of the error, relative to the change"),
        (Series(_("measured"), tuple(points)),),
    )


GRAM = Run(
    id="gram",
    title=N_("One pair, its Gram matrix, one step"),
    drop=8,
    text=TEXT,
    settings=(
        Setting("prompt", "what is one plus three ?", N_("the prompt")),
        Setting("chosen", "one plus three is four .", N_("the chosen answer")),
        Setting("rejected", "one plus three is five .", N_("the rejected answer")),
        Setting("beta", 0.5, "β", 1e-3, 100.0),
        Setting("lr", 1e-5, N_("the step size"), 1e-7, 1.0),
    ),
    questions=(
        Question("chosen", N_("One step: log π(chosen) goes"), WAYS),
        Question("rejected", N_("One step: log π(rejected) goes"), WAYS),
        Question(
            "error",
            N_(
                "From a tenth of the step size to the step size itself: the error "
                "of first order, relative to the change,"
            ),
            GROWS,
        ),
    ),
    worker="drillbox.reference.worlds_gram",
    seconds=1.0,
    shows=(
        N_("Three dot products say where both log-probs go."),
        N_(
            "Chosen goes up exactly if ‖g_w‖² is more than g_w·g_l, and "
            "rejected down exactly if ‖g_l‖² is."
        ),
        N_(
            "It is a statement of first order: its relative error grows with "
            "the step size, and a large step may do something else."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
