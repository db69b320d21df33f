"""The run `length`: how many tokens a policy speaks after DPO and two remedies."""

from collections.abc import Mapping, Sequence

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

FLAT = 0.3  # tokens
BETA = 0.5  # at which DPO and R-DPO stand side by side

TEXT = N_(
    """\
Pairs of answers to "tell me about the sky :", "… the rose :" and so on. Chosen
names the right color, rejected a wrong one. The rest is true in both: one to
three sentences, and in nine pairs of ten chosen has more of them. A token is
a word, a full stop or the end.

From the same reference, 60 steps of AdamW each: DPO at β = 0.1, 0.5 and 2;
R-DPO at β = 0.5 with the length term as derived, + α (|y_w| − |y_l|), and
with the wrong sign; DPO with each log-ratio divided by the length of its
answer. Then the policy answers by itself, and its tokens are counted.

It takes about ten seconds.\
"""
)

NAMES = (  # of the records
    *(N_("reference"), N_("DPO"), N_("R-DPO"), N_("normalised")),
)
WRONG_SIGN = N_("R-DPO, wrong sign")
PLACES = (
    N_("fewer than the reference speaks"),
    N_("between the reference and the chosen answers"),
    N_("more than even the chosen answers have"),
)
WITHIN = (
    N_("fewer than with any of them"),
    N_("within what they span"),
    N_("more than with any of them"),
)


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    ends = _ends(records)
    plain = _one(ends, "DPO", BETA)
    return {
        "tokens": _tokens(records, ends),
        "beta": _beta(ends),
        "right": _beside(plain, _one(ends, "R-DPO"), _(RIGHT)),
        "wrong": _beside(plain, _one(ends, WRONG_SIGN), _(WRONG)),
        "normalised": _normalised(ends),
    }


RIGHT = N_(
    "a pair that chosen wins by length has its margin raised in "
    "advance, so it weighs little; the pairs that chosen wins although "
    "it is short weigh more"
)
WRONG = N_(
    "with the minus the pairs in which chosen is longer weigh more, so "
    "they teach length once again"
)


def _ends(records: Sequence[Record]) -> list[Record]:
    """What each method speaks after its last step."""
    last = {
        (one["name"], one["beta"]): one
        for one in of_type(records, "spoken")
        if one["name"] != "reference"
    }
    return list(last.values())


def _one(ends: Sequence[Record], name: str, beta: float | None = None) -> Record:
    found = (one for one in ends if one["name"] == name and beta in (None, one["beta"]))
    return next(found)


def _tokens(records: Sequence[Record], ends: Sequence[Record]) -> Happened:
    (pairs,), start = of_type(records, "pairs"), of_type(records, "spoken")[0]
    low, high = start["tokens"], pairs["chosen"]
    found = min((one for one in ends if one["name"] == "DPO"), key=_of_beta)["tokens"]
    return Happened(
        PLACES[(found > low) + (found > high)],
        _(
            "{found:.1f} tokens; the reference {low:.1f}, chosen {high:.1f}, "
            "rejected {rejected:.1f}"
        ).format(found=found, low=low, high=high, rejected=pairs["rejected"]),
        _(
            "whatever makes the end less likely helps in nine pairs of ten, "
            "and nothing in the loss knows how long the chosen answers are"
        ),
    )


def _of_beta(record: Record) -> float:
    return float(record["beta"])


def _beta(ends: Sequence[Record]) -> Happened:
    plain = sorted((one for one in ends if one["name"] == "DPO"), key=_of_beta)
    return Happened(
        way(plain[-1]["tokens"] - plain[0]["tokens"], FLAT),
        ", ".join(_("{tokens:.1f} at β {beta:g}").format_map(one) for one in plain),
        _(
            "a larger β stops at a smaller gap, nearer to the reference (KL "
            "{first:.2f} → {last:.2f} nats); the bias is still there"
        ).format(first=plain[0]["kl"], last=plain[-1]["kl"]),
    )


def _beside(plain: Record, other: Record, why: str) -> Happened:
    return Happened(
        way(other["tokens"] - plain["tokens"], FLAT),
        _(
            "{plain_tokens:.1f} with α = 0, {other_tokens:.1f} with α = {alpha:g}"
        ).format(
            plain_tokens=plain["tokens"],
            other_tokens=other["tokens"],
            alpha=other["alpha"],
        ),
        why,
    )


def _normalised(ends: Sequence[Record]) -> Happened:
    spoken = [one["tokens"] for one in ends if one["name"] == "DPO"]
    found = _one(ends, "normalised")
    least = min(ends, key=lambda one: float(one["right"]))
    return Happened(
        WITHIN[(found["tokens"] >= min(spoken)) + (found["tokens"] > max(spoken))],
        _("{tokens:.1f}; DPO {least:.1f} to {most:.1f}").format(
            tokens=found["tokens"], least=min(spoken), most=max(spoken)
        ),
        _(
            "dividing makes the margins of long and short answers comparable; "
            "it does not take the lengths out of the data. The right color "
            "came in {right:.0%} of its answers, least of all in those of "
            "{name}"
        ).format(right=found["right"], name=_(least["name"])),
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pairs":
        return ngettext(
            "{n} pairs: chosen {chosen:.1f} tokens, rejected {rejected:.1f}; chosen "
            "longer in {longer:.0%}",
            "{n} pairs: chosen {chosen:.1f} tokens, rejected {rejected:.1f}; chosen "
            "longer in {longer:.0%}",
            record["count"],
        ).format_map(record | {"n": record["count"]})
    if record["type"] == "spoken":
        return _(
            "{name:17} β {beta:<4g} step {step:3} {tokens:5.1f} tokens  right "
            "color {right:4.0%} KL {kl:z5.2f}"
        ).format_map(record | {"name": _(record["name"])})
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """The tokens spoken over the steps, by method."""
    spoken = of_type(records, "spoken")
    start = spoken[0]["tokens"] if spoken else 0
    names = dict.fromkeys((one["name"], one["beta"]) for one in spoken[1:])
    series = [
        Series(
            f"{name}, β {beta:g}" if name == "DPO" else _(name),
            (
                (0, start),
                *(
                    (one["step"], one["tokens"])
                    for one in spoken
                    if (one["name"], one["beta"]) == (name, beta)
                ),
            ),
        )
        for name, beta in names
    ]
    return Chart(_("How much the policy speaks"), _("step"), _("tokens"), tuple(series))


LENGTH = Run(
    id="length",
    title=N_("Longer is easier to win"),
    drop=11,
    text=TEXT,
    settings=(
        Setting("pairs", 256, N_("pairs"), 32, 2000),
        Setting("bias", 0.9, N_("the chance that chosen is the longer one"), 0.0, 1.0),
        Setting("steps", 60, N_("steps of AdamW, of 32 pairs"), 1, 500),
        Setting("lr", 5e-5, N_("the step size of AdamW"), 1e-7, 1.0),
        Setting("alpha", 0.2, N_("R-DPO's price of a token, in reward"), 0.0, 10.0),
        Setting("beta_norm", 10.0, N_("β of the length-normalised loss"), 0.01, 1000.0),
    ),
    questions=(
        Question("tokens", N_("After DPO at β = 0.1 the policy speaks"), PLACES),
        Question(
            "beta",
            N_("From β = 0.1 to β = 2, the tokens spoken after DPO go"),
            WAYS,
        ),
        Question(
            "right",
            N_(
                "From DPO to R-DPO at the same β, with + α (|y_w| − |y_l|), the "
                "tokens go"
            ),
            WAYS,
        ),
        Question(
            "wrong",
            N_("With the minus instead, the tokens go, from those of DPO,"),
            WAYS,
        ),
        Question(
            "normalised",
            N_(
                "With the length-normalised loss at β = 10, beside the three of "
                "DPO, the tokens are"
            ),
            WITHIN,
        ),
    ),
    worker="drillbox.reference.worlds_length",
    seconds=15.0,
    shows=(
        N_(
            "When chosen is mostly the longer one, DPO at β = 0.1 speaks more "
            "than even the chosen answers have; a larger β softens it, R-DPO "
            "with the plus takes a good part of it away, and with the minus, "
            "which people write, it grows."
        ),
        N_(
            "The length-normalised loss lies within what the three β of DPO "
            "span: here it is no better than DPO at β = 2."
        ),
        N_(
            "With every loss the right color came less often than from the "
            "reference, which knew it: the wrong colors lost, and other words, "
            "some no colors, won."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
