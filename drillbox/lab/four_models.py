"""The run `four-models`: PPO and DPO on the same labels: bytes, seconds, reward, KL."""

from collections.abc import Mapping, Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import Happened, Question, Record, Run, Setting, of_type

# DPO's own values; the learner's run is added where one of these is set otherwise.
BETA, LR, STEPS = 1.0, 1e-4, 64
ASKED = ("PPO", "DPO", "online DPO")

# Six names stand beside each other in the chart.
SHORT = {"DPO with β 0.3": "DPO β 0.3", "online DPO by score": "… by score"}

TEXT = """\
The tiny language model writes reviews. The true reward of a review is its
good words less its bad ones, if it is grammatical, and 0 if it is not. 256
pairs of reviews by the reference are labelled by it, once.

1. The bill. A pass of PPO and of DPO over the labels, with the reference and
   with its log-probs cached: weights, gradients and optimizer are counted on
   the tensors that are there, in fp32. --set width=512 counts larger models.
2. The account: the same for 7 and 70 billion parameters, in bf16.
3. The scoreboard. PPO fits a reward model on the 256 labels and is paid by it,
   with a KL penalty of 0.1 a nat; DPO trains on them with β = 1. Online DPO,
   with β = 0.3, gets new labels for what its policy writes, 1,280 in all.

With --set beta=… lr=… steps=… a DPO of your own joins the scoreboard and the
chart. It takes about twelve seconds.\
"""

TIMES = ("less than twice as long", "two to ten times as long", "more than ten times")


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    return {
        "bytes": _bytes(records),
        "gigabytes": _gigabytes(records),
        "seconds": _seconds(records),
        "reward": _reward(records),
        "grammar": _grammar(records),
    }


def _bytes(records: Sequence[Record]) -> Happened:
    bills = {one["method"]: one for one in of_type(records, "bill")}
    ppo, cached = bills["PPO"], bills["DPO with cached reference"]
    worst = max(abs(one["off"]) for one in bills.values())
    return Happened(
        ppo["bytes"] / cached["bytes"],
        ", ".join(f"{name} {_megabytes(one)}" for name, one in bills.items()),
        "a parameter that learns has 16 bytes in fp32 (weight, gradient, two moments), "
        "a frozen one 4: PPO 16 + 16 + 4 + 4, DPO 16 + 4, and 16 without the "
        f"reference; what is there is {worst:.2%} off that at most",
    )


def _megabytes(bill: Record) -> str:
    return f"{bill['bytes'] / 1e6:.2f} MB"


def _gigabytes(records: Sequence[Record]) -> Happened:
    seven, seventy = of_type(records, "account")
    return Happened(
        seven["ppo"],
        f"GB; DPO {seven['dpo']:g}, cached {seven['dpo_cached']:g}; for 70 billion "
        f"{seventy['ppo']:g}, {seventy['dpo']:g} and {seventy['dpo_cached']:g}",
        "in bf16 a frozen parameter has 2 bytes and one that learns still 16, because "
        "of the fp32 weight and moments: PPO 36, DPO 18, cached 16",
    )


def _seconds(records: Sequence[Record]) -> Happened:
    """Over all seeds, each method's whole training."""
    spent: dict[str, float] = {}
    for one in of_type(records, "time"):
        if "seed" in one:
            spent[one["method"]] = spent.get(one["method"], 0.0) + one["seconds"]
    ppo, dpo = spent["reward model"] + spent["PPO"], spent["DPO"]
    times = ppo / dpo
    answer = TIMES[0] if times < 2 else TIMES[1] if times <= 10 else TIMES[2]
    return Happened(
        answer,
        f"{spent['reward model']:.1f} s for the reward model, {spent['PPO']:.1f} s for "
        f"PPO, {dpo:.1f} s for DPO",
        "PPO writes every answer word by word before it can learn from it, and asks "
        "four models; the numbers of steps are those of this run",
    )


def _summaries(records: Sequence[Record]) -> dict[str, Record]:
    return {one["method"]: one for one in of_type(records, "summary")}


def _spread(value: Mapping[str, float], form: str = ".2f") -> str:
    """A mean, and its range where there is more than one seed."""
    mean, least, most = (
        format(value[name], form) for name in ("mean", "least", "most")
    )
    return mean if value["least"] == value["most"] else f"{mean} ({least} to {most})"


def _reward(records: Sequence[Record]) -> Happened:
    found = _summaries(records)
    best = max(ASKED, key=lambda method: float(found[method]["reward"]["mean"]))
    by_score = found["online DPO by score"]
    return Happened(
        best,
        "; ".join(
            f"{one} {_spread(found[one]['reward'])} at KL {_spread(found[one]['kl'])}"
            for one in ASKED
        ),
        "PPO and online DPO learn from what their policy writes now, DPO from what "
        "the reference once wrote; only online DPO has new labels, and compared by "
        "PPO's reward model instead, on the 256 alone, it gets "
        f"{_spread(by_score['reward'])} at KL {_spread(by_score['kl'])}",
    )


def _grammar(records: Sequence[Record]) -> Happened:
    found = _summaries(records)
    worst = min(ASKED, key=lambda method: float(found[method]["grammatical"]["mean"]))
    low = found["DPO with β 0.3"]
    return Happened(
        worst,
        "; ".join(f"{one} {_spread(found[one]['grammatical'])}" for one in ASKED),
        "nothing in a pair speaks of the texts that neither answer is, and DPO never "
        "looks at what its policy writes; with β = 0.3 its share is "
        f"{_spread(low['grammatical'])}, and the good words less the bad ones, "
        f"{_spread(low['words'])}, hide that",
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    return LINES.get(record["type"], lambda _: "")(record)


def _memory(record: Record) -> str:
    return (
        f"{record['method']}, {record['model']}: weights {record['weights']:,}, "
        f"gradients {record['gradients']:,}, optimizer {record['optimizer']:,} bytes"
    )


def _bill(record: Record) -> str:
    peak = record["peak"]
    most = "" if peak is None else f", at most {peak:,} with activations"
    return (
        f"{record['method']}: {record['bytes']:,} bytes for models of "
        f"{record['parameters']:,} parameters, {record['off']:+.2%} off the "
        f"formula{most}"
    )


def _account(record: Record) -> str:
    return (
        f"{record['billions']} billion parameters in bf16: PPO {record['ppo']:g} GB, "
        f"DPO {record['dpo']:g} GB, cached {record['dpo_cached']:g} GB"
    )


def _time(record: Record) -> str:
    return f"{record['method']}: {record['seconds']:.2f} s"


def _labels(record: Record) -> str:
    first = " / ".join(record["first"])
    return f"seed {record['seed']}: {record['count']} labels; the first: {first}"


def _reward_model(record: Record) -> str:
    return f"reward model: {record['accuracy']:.0%} of the labels right"


def _standing(record: Record) -> str:
    return (
        f"{record['method']:19} {record['at']:4.0%}  KL {record['kl']:z5.2f}  true "
        f"{record['reward']:z5.2f}  words {record['words']:z5.2f}  grammatical "
        f"{record['grammatical']:4.0%}"
    )


def _summary(record: Record) -> str:
    many = "1 seed" if record["seeds"] == 1 else f"{record['seeds']} seeds"
    return (
        f"{record['method']}, {many}: true reward {_spread(record['reward'])}, KL "
        f"{_spread(record['kl'])}, grammatical {_spread(record['grammatical'])}"
    )


LINES = {
    "memory": _memory,
    "bill": _bill,
    "account": _account,
    "time": _time,
    "labels": _labels,
    "reward_model": _reward_model,
    "standing": _standing,
    "summary": _summary,
}


def chart(records: Sequence[Record]) -> Chart:
    """Each method's way from the reference, the mean over the seeds."""
    standings = of_type(records, "standing")
    start = [one for one in standings if one["method"] == "reference"]
    methods = dict.fromkeys(one["method"] for one in standings if one not in start)
    series = []
    for method in methods:
        way = [one for one in standings if one["method"] == method]
        at = dict.fromkeys(one["at"] for one in way)
        stops = [start, *([one for one in way if one["at"] == when] for when in at)]
        series.append(Series(SHORT.get(method, method), tuple(map(_point, stops))))
    title = "True reward over KL, from the reference to the end of training"
    return Chart(title, "KL to the reference, nats", "true reward", tuple(series))


def _point(standings: Sequence[Record]) -> tuple[float, float]:
    kl, reward = (
        sum(one[name] for one in standings) / len(standings)
        for name in ("kl", "reward")
    )
    return kl, reward


FOUR_MODELS = Run(
    id="four-models",
    title="Four models or one, on the same labels",
    drop=1,
    text=TEXT,
    settings=(
        Setting("seeds", 1, "seeds, each with labels of its own", 1, 10),
        Setting("length", 1.0, "of every training, in times of ours", 0.02, 5.0),
        Setting("width", 64, "of the models whose bytes are counted", 8, 65536),
        Setting("beta", BETA, "β of a DPO of your own", 1e-3, 100.0),
        Setting("lr", LR, "its step size", 1e-7, 1.0),
        Setting("steps", STEPS, "its steps of 32 pairs", 1, 1000),
    ),
    questions=(
        Question(
            "bytes",
            "In fp32, how many times the bytes of DPO with cached reference does PPO "
            "hold, weights, gradients and optimizer together?",
            within=0.2,
        ),
        Question(
            "gigabytes",
            "In bf16, how many GB of these does PPO hold for models of 7 billion "
            "parameters?",
            within=10.0,
        ),
        Question("seconds", "PPO with its reward model trains, beside DPO,", TIMES),
        Question("reward", "The highest true reward at the end has", ASKED),
        Question("grammar", "The lowest share of grammatical texts has", ASKED),
    ),
    worker="drillbox.reference.worlds_four_models",
    seconds=15.0,
    shows=(
        "PPO holds 40 bytes a parameter in fp32, DPO 20, and 16 once the reference's "
        "log-probs are stored: four models are not four times one.",
        "On the same 256 labels PPO ends with more true reward than DPO in most seeds, "
        "not in all, and takes several times the seconds.",
        "DPO never sees its own answers: online DPO, with new labels for what its "
        "policy writes, is on average as high as PPO, and by the scores of PPO's "
        "reward model, with no new label, it ends above DPO in most seeds.",
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
