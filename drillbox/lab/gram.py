"""The run `gram`: any pair, its Gram matrix, the prediction, one step, the truth."""

from collections.abc import Mapping, Sequence
from math import log10

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

FLAT = 0.02  # of the larger change of the two
TINY = 1e-15

TEXT = """\
A pair for the tiny language model of drillbox, which is the policy and the
reference: --set prompt=… chosen=… rejected=… gives another pair than this one,
in words that the model knows, with spaces between all of them.

The gradients g_w = ∇ log π(chosen) and g_l = ∇ log π(rejected) are computed,
then their Gram matrix: ‖g_w‖², g_w·g_l, ‖g_l‖². It predicts what one SGD step
on the DPO loss does to both log-probs, to first order. Then the step is really
taken, at a tenth of the step size, at the step size itself, at ten and at a
hundred times as much.

About the same means less than 2 % of the larger change of the two.\
"""

GROWS = ("stays about the same", "grows about ten times", "grows a hundred times")


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
    (ww, wl), (_, ll) = pair["gram"]
    square, name = ((ww, "‖g_w‖²"), (ll, "‖g_l‖²"))[side]
    compared = "more" if square > wl else "less"
    answer = way(change, FLAT * largest)
    why = f"{name} = {square:.0f} is {compared} than g_w·g_l = {wl:.0f}"
    if answer == "same":
        why += ", by so little that this side hardly moves"
    elif change * expected < 0:
        why += "; this step is so large that the curvature decides, so set a smaller lr"
    return Happened(answer, f"{change:+.3g} nats, {expected:+.3g} predicted", why)


def _error(steps: Sequence[Record]) -> Happened:
    small, large = (step["error"] for step in steps[:2])
    ratio = large / max(small, TINY)
    answer = GROWS[0] if ratio < 10**0.5 else GROWS[1] if ratio < 10**1.5 else GROWS[2]
    return Happened(
        answer,
        f"{small:.1e} → {large:.1e} of the larger change",
        "what first order leaves out has the square of the step size, the change "
        "itself its first power; of their ratio one power is left",
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pair":
        (ww, wl), (_, ll) = record["gram"]
        return (
            f"log π {record['logp_chosen']:.3f} {record['logp_rejected']:.3f}   "
            f"‖g_w‖² {ww:.1f}  g_w·g_l {wl:.1f}  ‖g_l‖² {ll:.1f}   "
            f"cosine {record['cosine']:.2f}"
        )
    if record["type"] == "step":
        predicted, measured = (
            " ".join(f"{value:+.2e}" for value in record[name])
            for name in ("predicted", "measured")
        )
        return (
            f"step size {record['lr']:.0e}  predicted {predicted}  measured {measured}"
        )
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """The error of first order over the step size, both as powers of ten."""
    points = [
        (log10(one["lr"]), log10(max(one["error"], TINY)))
        for one in of_type(records, "step")
    ]
    return Chart(
        "How wrong first order is",
        "log₁₀ of the step size",
        "log₁₀ of the error, relative to the change",
        (Series("measured", tuple(points)),),
    )


GRAM = Run(
    id="gram",
    title="One pair, its Gram matrix, one step",
    drop=8,
    text=TEXT,
    settings=(
        Setting("prompt", "what is one plus three ?", "the prompt"),
        Setting("chosen", "one plus three is four .", "the chosen answer"),
        Setting("rejected", "one plus three is five .", "the rejected answer"),
        Setting("beta", 0.5, "β", 1e-3, 100.0),
        Setting("lr", 1e-5, "the step size", 1e-7, 1.0),
    ),
    questions=(
        Question("chosen", "One step: log π(chosen) goes", ("up", "down", "same")),
        Question("rejected", "One step: log π(rejected) goes", ("up", "down", "same")),
        Question(
            "error",
            "From a tenth of the step size to the step size itself: the error of "
            "first order, relative to the change,",
            GROWS,
        ),
    ),
    worker="drillbox.reference.worlds_gram",
    seconds=1.0,
    shows=(
        "Three dot products say where both log-probs go.",
        "Chosen goes up exactly if ‖g_w‖² is more than g_w·g_l, and rejected down "
        "exactly if ‖g_l‖² is.",
        "It is a statement of first order: its relative error grows with the step "
        "size, and a large step may do something else.",
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
