"""The run `variants`: sums that are 1 off, and which loss keeps the right answer."""

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

FLAT = 0.1  # of a share of sums
NATS = 0.1  # of a log-prob
KEPT = 0.03  # a loss keeps the sums if it gets so many fewer right at most
OWN = ("ORPO", "DPOP", N_("DPO + likelihood"))  # with a term for chosen by itself

TEXT = N_(
    """\
"what is five plus five ?": the pairs prefer "five plus five is ten ." to the
same with nine or eleven, for all sums of two digits. All but one word of the
two answers is the same. The tiny language model, which starts each training
and is the reference, gets 97 of the 100 sums right when it takes its
likeliest word each time.

Nine losses, 100 steps of AdamW each, on the same batches: DPO at β = 0.1 and
at 2, cDPO and robust DPO (ε = 0.1), IPO (τ = 0.1), SimPO, ORPO, DPOP (λ = 5),
and DPO plus the likelihood of chosen. After each the policy answers the 100
sums again. The two answers are equally long, so the length term of R-DPO is 0
and it would be DPO here; KTO, made for answers without pairs, is left out.

It takes about fifteen seconds.\
"""
)

BESIDE = (N_("lower"), N_("about the same"), N_("higher"))
BEST = (N_("DPO at β = 2"), N_("IPO"), N_("SimPO"), N_("DPOP"))
LARGE, ROBUST = N_("DPO, β large"), N_("robust DPO")  # of the records
SHARED = {
    N_("a finite target for the gap"): {"cDPO", "IPO"},
    N_("no reference"): {"SimPO", "ORPO"},
    N_("a term for the log-prob of chosen by itself"): set(OWN),
}
OTHERS = N_("none of these")


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    ends = {one["name"]: one for one in of_type(records, "look")}
    return {
        "greedy": _greedy(ends),
        "chosen": _chosen(ends),
        "cdpo": _cdpo(ends),
        "best": _best(ends),
        "shared": _shared(ends),
    }


def _greedy(ends: Mapping[str, Record]) -> Happened:
    before, after = ends["reference"]["greedy"], ends["DPO"]["greedy"]
    return Happened(
        way(after - before, FLAT),
        _(
            "{before:.2f} → {after:.2f}, with an implicit accuracy of "
            "{accuracy:.2f} on the very pairs"
        ).format(before=before, after=after, accuracy=ends["DPO"]["accuracy"]),
        _(
            "the loss is content when rejected falls more than chosen, and "
            "what both lose goes elsewhere: {elsewhere:.0%} of the answers are "
            "in no pair, such as {strange}"
        ).format(
            elsewhere=ends["DPO"]["elsewhere"], strange=repr(ends["DPO"]["strange"])
        ),
    )


def _chosen(ends: Mapping[str, Record]) -> Happened:
    plain = ends["DPO"]
    return Happened(
        way(plain["chosen"], NATS),
        _("chosen {chosen:+.2f} nats, rejected {rejected:+.2f}").format_map(plain),
        _(
            "the gradients of two answers that differ in one word point much "
            "the same way; where that of rejected is the longer one it takes "
            "chosen along"
        ),
    )


def _cdpo(ends: Mapping[str, Record]) -> Happened:
    plain, other = ends["DPO"]["greedy"], ends["cDPO"]["greedy"]
    answer = {"up": BESIDE[2], "down": BESIDE[0], "same": BESIDE[1]}
    return Happened(
        answer[way(other - plain, FLAT)],
        _("DPO {plain:.2f}, cDPO {other:.2f}").format(plain=plain, other=other),
        _(
            "it repairs labels that are wrong, and these are right; it bounds "
            "the margin, not the fall of chosen"
        ),
    )


def _best(ends: Mapping[str, Record]) -> Happened:
    names = dict(zip(BEST, (LARGE, "IPO", "SimPO", "DPOP"), strict=True))
    shares = {text: ends[name]["greedy"] for text, name in names.items()}
    return Happened(
        max(shares, key=lambda text: float(shares[text])),
        ", ".join(f"{_(text)} {share:.2f}" for text, share in shares.items()),
        _(
            "the first three change how hard the gap is pulled, not whether "
            "chosen may fall; DPOP makes its fall costly"
        ),
    )


def _shared(ends: Mapping[str, Record]) -> Happened:
    enough = ends["reference"]["greedy"] - KEPT
    trained = {name: one for name, one in ends.items() if name != "reference"}
    kept = {name for name, one in trained.items() if one["greedy"] >= enough}
    found = (text for text, names in SHARED.items() if names == kept)
    listed = (f"{_(name)} {one['greedy']:.2f}" for name, one in trained.items())
    return Happened(
        next(found, OTHERS),
        ", ".join(listed),
        _(
            "what was wrong is that chosen fell, and only a term that looks at "
            "chosen by itself can see that"
        ),
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pairs":
        prompt, chosen, rejected = record["first"]
        said = ngettext(
            "{n} pairs, such as: {prompt} {chosen} / {rejected}",
            "{n} pairs, such as: {prompt} {chosen} / {rejected}",
            record["count"],
        )
        n = record["count"]
        return said.format(n=n, prompt=prompt, chosen=chosen, rejected=rejected)
    if record["type"] == "look":
        return _(
            "{name:16} {step:3}  right {greedy:4.0%} pairs {accuracy:4.0%}  "
            "chosen {chosen:+z6.2f} rejected {rejected:+z6.2f}"
        ).format_map(record | {"name": _(record["name"])})
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Every look: the share of right sums over how far chosen has moved."""
    looks = of_type(records, "look")
    groups = {
        _("with a term for chosen"): [one for one in looks if one["name"] in OWN],
        _("without"): [one for one in looks if one["name"] not in OWN],
    }
    series = [
        Series(name, tuple((one["chosen"], one["greedy"]) for one in some), dots=True)
        for name, some in groups.items()
    ]
    title = _("Nine losses on sums that are 1 off")
    return Chart(
        title, _("log-prob of chosen, change in nats"), _("right"), tuple(series)
    )


VARIANTS = Run(
    id="variants",
    title=N_("Nine losses, one failure"),
    drop=13,
    text=TEXT,
    settings=(
        Setting("steps", 100, N_("steps of AdamW, of 32 pairs"), 1, 500),
        Setting("lr", 3e-4, N_("the step size of AdamW"), 1e-7, 1.0),
        Setting("beta", 0.1, N_("β of all that have DPO's margin"), 0.001, 100.0),
        Setting("beta_large", 2.0, N_("the larger β of plain DPO"), 0.001, 100.0),
        Setting("label_smoothing", 0.1, N_("ε of cDPO and robust DPO"), 0.0, 0.49),
        Setting("tau", 0.1, N_("τ of IPO, whose target is 1/(2τ) nats"), 0.001, 100.0),
        Setting("lam", 5.0, N_("λ of DPOP"), 0.0, 1000.0),
    ),
    questions=(
        Question(
            "greedy",
            N_("With DPO at β = 0.1, the share of the 100 sums that are right goes"),
            WAYS,
        ),
        Question(
            "chosen",
            N_("And the log-prob of the right answers, on average, goes"),
            WAYS,
        ),
        Question(
            "cdpo", N_("Beside DPO's, the share that is right with cDPO is"), BESIDE
        ),
        Question("best", N_("Of these four the most sums are right with"), BEST),
        Question(
            "shared",
            N_("The losses that keep the sums right are those, and only those, with"),
            (*SHARED, OTHERS),
        ),
    ),
    worker="drillbox.reference.worlds_variants",
    seconds=20.0,
    shows=(
        N_(
            "DPO on right answers against near misses makes the model worse at "
            "what the pairs teach, while the accuracy on the pairs rises to "
            "over nine in ten."
        ),
        N_(
            "cDPO and robust DPO do as DPO does: the labels were not the "
            "failure; a larger β, IPO and SimPO lose less, or later, and lose "
            "too."
        ),
        N_(
            "DPOP, ORPO and DPO plus the likelihood of chosen keep the sums: "
            "each has a term for chosen by itself."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
