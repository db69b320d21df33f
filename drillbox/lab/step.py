"""The run `step`: the learner's own train step beside ours, over 20 steps.

It has no worker of its own: the code of a learner runs where exercises are graded, so
it is started a layer above (session/runs.py). This file has what is asked and shown.
"""

from collections.abc import Mapping, Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import Happened, Question, Record, Run, Setting, of_type
from drillbox.words import N_, _, ngettext

EXERCISE = "dpo-train-step"
MINE, COURSE = "mine", "course"  # whose code
SAME = 1e-12  # of a parameter: what is below it is rounding
BUG = "sum-for-mean"

TEXT = N_(
    """\
Your own train step, the file of the exercise dpo-train-step, takes 20 steps
beside ours: plain SGD in float64 on one batch of 8 pairs, β 0.5, step size
0.2. The model is tiny, and the reference is what the policy is before the
first step. After each step the loss and every parameter are compared. Yours
runs where the exercise is graded, in the sandbox, and ours in a process of
its own. If they part, the first step and the quantity are named, and the
mistake if it is a known one.

Then each known wrong train step of the exercise takes three steps on the same
batch: where does it first give another number than ours?

It takes about two seconds.\
"""
)

AGREE = (N_("0: every bit is equal"), N_("above 0, below 1e-12"), N_("1e-12 or more"))
FIRST = (N_("first loss"), N_("first step"), N_("later"))  # of the records
NOWHERE = N_("nowhere")
WHERE = (
    N_("in the first loss"),
    N_("in the parameters after the first step"),
    N_("in a later step"),
)
SHARE = (N_("all"), N_("most, but not all"), N_("fewer than half"), N_("none"))


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    steps, bugs = of_type(records, "step"), of_type(records, "bug")
    return {
        "loss": _loss(steps[0]),
        "agree": _agree(records, steps),
        "sum": _sum(bugs),
        "seen": _seen(bugs),
    }


def _loss(first: Record) -> Happened:
    return Happened(
        first["loss"],
        _("{loss:.6f} nats, yours {loss_yours:.6f}").format_map(first),
        _(
            "policy and reference are one model, so every margin is 0, and "
            "−log σ(0) is log 2, whatever β, the pairs and the model are"
        ),
    )


def _agree(records: Sequence[Record], steps: Sequence[Record]) -> Happened:
    apart = max(max(one["apart"], loss_apart(one)) for one in steps)
    parted = of_type(records, "parted")
    equal = apart == 0 and not parted
    answer = AGREE[0] if equal else AGREE[1] if apart < SAME else AGREE[2]
    why = _("both do the same operations in the same order")
    if parted:
        why = _("they part at {parted}").format(parted=part(parted[0]))
    elif not equal:
        why = _(
            "the same sums in another order are rounded another way, such as "
            "one forward pass for both answers instead of two; float64 keeps "
            "16 digits, and plain SGD does not enlarge what is left"
        )
    return Happened(
        answer, _("at most {apart:.1e} in loss and parameters").format(apart=apart), why
    )


def loss_apart(one: Record) -> float:
    """How far the two losses of a step are apart, nats."""
    return abs(float(one["loss"] - one["loss_yours"]))


def part(parted: Record) -> str:
    """Where they part, and the known mistake if it is one."""
    text = _("step {step}, {what}")
    if parted["known"]:
        text = _("step {step}, {what}; it looks like a known mistake: {known}")
    known = parted["known"].rstrip(".")
    return text.format(step=parted["step"], what=parted["what"], known=known)


def _sum(bugs: Sequence[Record]) -> Happened:
    bug = next(one for one in bugs if one["bug"] == BUG)
    return Happened(
        WHERE[FIRST.index(bug["where"])],
        bug["what"],
        _(
            "each pair has a loss of log 2; so has their mean, while their sum "
            "is as many times that as there are pairs, and so is the gradient"
        ),
    )


def _seen(bugs: Sequence[Record]) -> Happened:
    seen = sum(one["where"] == FIRST[0] for one in bugs)
    half = SHARE[1] if seen > len(bugs) / 2 else SHARE[2]
    answer = {0: SHARE[3], len(bugs): SHARE[0]}.get(seen, half)
    late = ", ".join(one["bug"] for one in bugs if one["where"] == FIRST[2])
    why = _(
        "a margin of 0 hides a sign, a mask, a shift and a missing β alike: every one "
        "of them gives log 2. They show in the parameters after the first step"
    )
    if late:
        why = _("{why}, and {late} only after it").format(why=why, late=late)
    return Happened(answer, _("{seen} of {n}").format(seen=seen, n=len(bugs)), why)


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "batch":
        return ngettext(
            "a batch of {n} pairs, {tokens} tokens in it",
            "a batch of {n} pairs, {tokens} tokens in it",
            record["pairs"],
        ).format(n=record["pairs"], tokens=record["tokens"])
    if record["type"] == "step":
        return _(
            "step {step:2}  loss {loss:.6f}  yours {loss_yours:.6f}  "
            "parameters apart {apart:.1e}"
        ).format_map(record)
    if record["type"] == "parted":
        return _("they part at {where}").format(where=part(record))
    if record["type"] == "bug":
        return f"{record['bug']:20}  {_(record['where'] or NOWHERE)}"
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Both losses over the steps."""
    steps = of_type(records, "step")
    series = [
        Series(name, tuple((one["step"], one[field]) for one in steps))
        for name, field in ((_("ours"), "loss"), (_("yours"), "loss_yours"))
    ]
    return Chart(
        _("Two train steps on one batch"), _("step"), _("loss, nats"), tuple(series)
    )


STEP = Run(
    id="step",
    title=N_("Your train step beside ours"),
    drop=9,
    text=TEXT,
    settings=(
        Setting(
            "code", MINE, N_("mine, course (its own answer), or the path of a file")
        ),
        Setting("steps", 20, N_("steps of SGD"), 1, 50),
        Setting("pairs", 8, N_("pairs of the batch"), 2, 64),
        Setting("lr", 0.2, N_("the step size of SGD"), 1e-6, 10.0),
        Setting("beta", 0.5, "β", 1e-3, 100.0),
    ),
    questions=(
        Question("loss", N_("What is our first loss, in nats?"), within=0.01),
        Question(
            "agree",
            N_(
                "After all steps, the largest difference between yours and ours, "
                "over losses and parameters, is"
            ),
            AGREE,
        ),
        Question(
            "sum",
            N_("A step that sums the losses instead of their mean first shows"),
            WHERE,
        ),
        Question(
            "seen",
            N_("Of the known wrong train steps, how many show in the first loss?"),
            SHARE,
        ),
    ),
    worker="",
    seconds=3.0,
    shows=(
        N_(
            "Where policy and reference are one model the first loss is log 2, "
            "and most of the known wrong steps give it too: a first loss of "
            "0.693 proves little."
        ),
        N_(
            "With SGD in float64 two right train steps stay together; what is "
            "left between them is the rounding of sums."
        ),
        N_(
            "A sum for a mean shows at once, at N log 2; a wrong sign, mask or "
            "shift shows once a step was taken."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
