"""The run `variants`: sums that are 1 off, and which loss keeps the right answer."""

from collections.abc import Mapping, Sequence

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

FLAT = 0.1  # of a share of sums
NATS = 0.1  # of a log-prob
KEPT = 0.03  # a loss keeps the sums if it gets so many fewer right at most
OWN = ("ORPO", "DPOP", "DPO + likelihood")  # with a term for chosen by itself

TEXT = """\
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

BESIDE = ("lower", "about the same", "higher")
BEST = ("DPO at β = 2", "IPO", "SimPO", "DPOP")
SHARED = {
    "a finite target for the gap": {"cDPO", "IPO"},
    "no reference": {"SimPO", "ORPO"},
    "a term for the log-prob of chosen by itself": set(OWN),
}
OTHERS = "none of these"


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
        f"{before:.2f} → {after:.2f}, with an implicit accuracy of "
        f"{ends['DPO']['accuracy']:.2f} on the very pairs",
        "the loss is content when rejected falls more than chosen, and what both lose "
        f"goes elsewhere: {ends['DPO']['elsewhere']:.0%} of the answers are in no "
        f"pair, such as {ends['DPO']['strange']!r}",
    )


def _chosen(ends: Mapping[str, Record]) -> Happened:
    plain = ends["DPO"]
    return Happened(
        way(plain["chosen"], NATS),
        f"chosen {plain['chosen']:+.2f} nats, rejected {plain['rejected']:+.2f}",
        "the gradients of two answers that differ in one word point much the "
        "same way; where that of rejected is the longer one it takes chosen along",
    )


def _cdpo(ends: Mapping[str, Record]) -> Happened:
    plain, other = ends["DPO"]["greedy"], ends["cDPO"]["greedy"]
    answer = {"up": BESIDE[2], "down": BESIDE[0], "same": BESIDE[1]}
    return Happened(
        answer[way(other - plain, FLAT)],
        f"DPO {plain:.2f}, cDPO {other:.2f}",
        "it repairs labels that are wrong, and these are right; it bounds the margin, "
        "not the fall of chosen",
    )


def _best(ends: Mapping[str, Record]) -> Happened:
    names = dict(zip(BEST, ("DPO, β large", "IPO", "SimPO", "DPOP"), strict=True))
    shares = {text: ends[name]["greedy"] for text, name in names.items()}
    return Happened(
        max(shares, key=lambda text: float(shares[text])),
        ", ".join(f"{text} {share:.2f}" for text, share in shares.items()),
        "the first three change how hard the gap is pulled, not whether chosen may "
        "fall; DPOP makes its fall costly",
    )


def _shared(ends: Mapping[str, Record]) -> Happened:
    enough = ends["reference"]["greedy"] - KEPT
    trained = {name: one for name, one in ends.items() if name != "reference"}
    kept = {name for name, one in trained.items() if one["greedy"] >= enough}
    found = (text for text, names in SHARED.items() if names == kept)
    listed = (f"{name} {one['greedy']:.2f}" for name, one in trained.items())
    return Happened(
        next(found, OTHERS),
        ", ".join(listed),
        "what was wrong is that chosen fell, and only a term that looks at chosen by "
        "itself can see that",
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pairs":
        prompt, chosen, rejected = record["first"]
        return f"{record['count']} pairs, such as: {prompt} {chosen} / {rejected}"
    if record["type"] == "look":
        return (
            f"{record['name']:16} {record['step']:3}  right {record['greedy']:4.0%} "
            f"pairs {record['accuracy']:4.0%}  chosen {record['chosen']:+z6.2f} "
            f"rejected {record['rejected']:+z6.2f}"
        )
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Every look: the share of right sums over how far chosen has moved."""
    looks = of_type(records, "look")
    groups = {
        "with a term for chosen": [one for one in looks if one["name"] in OWN],
        "without": [one for one in looks if one["name"] not in OWN],
    }
    series = [
        Series(name, tuple((one["chosen"], one["greedy"]) for one in some), dots=True)
        for name, some in groups.items()
    ]
    title = "Nine losses on sums that are 1 off"
    return Chart(title, "log-prob of chosen, change in nats", "right", tuple(series))


VARIANTS = Run(
    id="variants",
    title="Nine losses, one failure",
    drop=13,
    text=TEXT,
    settings=(
        Setting("steps", 100, "steps of AdamW, of 32 pairs", 1, 500),
        Setting("lr", 3e-4, "the step size of AdamW", 1e-7, 1.0),
        Setting("beta", 0.1, "β of all that have DPO's margin", 0.001, 100.0),
        Setting("beta_large", 2.0, "the larger β of plain DPO", 0.001, 100.0),
        Setting("label_smoothing", 0.1, "ε of cDPO and robust DPO", 0.0, 0.49),
        Setting("tau", 0.1, "τ of IPO, whose target is 1/(2τ) nats", 0.001, 100.0),
        Setting("lam", 5.0, "λ of DPOP", 0.0, 1000.0),
    ),
    questions=(
        Question(
            "greedy",
            "With DPO at β = 0.1, the share of the 100 sums that are right goes",
            ("up", "down", "same"),
        ),
        Question(
            "chosen",
            "And the log-prob of the right answers, on average, goes",
            ("up", "down", "same"),
        ),
        Question("cdpo", "Beside DPO's, the share that is right with cDPO is", BESIDE),
        Question("best", "Of these four the most sums are right with", BEST),
        Question(
            "shared",
            "The losses that keep the sums right are those, and only those, with",
            (*SHARED, OTHERS),
        ),
    ),
    worker="drillbox.reference.worlds_variants",
    seconds=20.0,
    shows=(
        "DPO on right answers against near misses makes the model worse at what the "
        "pairs teach, while the accuracy on the pairs rises to over nine in ten.",
        "cDPO and robust DPO do as DPO does: the labels were not the failure; a larger "
        "β, IPO and SimPO lose less, or later, and lose too.",
        "DPOP, ORPO and DPO plus the likelihood of chosen keep the sums: each has a "
        "term for chosen by itself.",
    ),
    happened=happened,
    line=line,
    chart=chart,
)
