"""The run `four-models`: PPO and DPO on the same labels: bytes, seconds, reward, KL."""

from collections.abc import Mapping, Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import Happened, Question, Record, Run, Setting, of_type
from drillbox.words import N_, _, ngettext

# DPO's own values; the learner's run is added where one of these is set otherwise.
BETA, LR, STEPS = 1.0, 1e-4, 64
ASKED = (N_("PPO"), N_("DPO"), N_("online DPO"))

NAMES = (  # of the records
    *(N_("policy"), N_("critic"), N_("reference")),
    *(N_("DPO: one pass"), N_("PPO: one pass")),
    N_("DPO with cached reference: one pass"),
    N_("caching the log-probs of the reference"),
)
CACHED, REWARD_MODEL = N_("DPO with cached reference"), N_("reward model")
LOW, BY_SCORE = N_("DPO with β 0.3"), N_("online DPO by score")
# Six names stand beside each other in the chart.
SHORT = {LOW: N_("DPO β 0.3"), BY_SCORE: N_("… by score")}

TEXT = N_(
    """\
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
)

TIMES = (
    N_("less than twice as long"),
    N_("two to ten times as long"),
    N_("more than ten times"),
)


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
    ppo, cached = bills["PPO"], bills[CACHED]
    worst = max(abs(one["off"]) for one in bills.values())
    return Happened(
        ppo["bytes"] / cached["bytes"],
        ", ".join(f"{_(name)} {_megabytes(one)}" for name, one in bills.items()),
        _(
            "a parameter that learns has 16 bytes in fp32 (weight, gradient, "
            "two moments), a frozen one 4: PPO 16 + 16 + 4 + 4, DPO 16 + 4, "
            "and 16 without the reference; what is there is {worst:.2%} off "
            "that at most"
        ).format(worst=worst),
    )


def _megabytes(bill: Record) -> str:
    return _("{megabytes:.2f} MB").format(megabytes=bill["bytes"] / 1e6)


def _gigabytes(records: Sequence[Record]) -> Happened:
    seven, seventy = of_type(records, "account")
    return Happened(
        seven["ppo"],
        _(
            "GB; DPO {seven_dpo:g}, cached {seven_dpo_cached:g}; for 70 "
            "billion {seventy_ppo:g}, {seventy_dpo:g} and {seventy_dpo_cached:g}"
        ).format(
            seven_dpo=seven["dpo"],
            seven_dpo_cached=seven["dpo_cached"],
            seventy_ppo=seventy["ppo"],
            seventy_dpo=seventy["dpo"],
            seventy_dpo_cached=seventy["dpo_cached"],
        ),
        _(
            "in bf16 a frozen parameter has 2 bytes and one that learns still "
            "16, because of the fp32 weight and moments: PPO 36, DPO 18, "
            "cached 16"
        ),
    )


def _seconds(records: Sequence[Record]) -> Happened:
    """Over all seeds, each method's whole training."""
    spent: dict[str, float] = {}
    for one in of_type(records, "time"):
        if "seed" in one:
            spent[one["method"]] = spent.get(one["method"], 0.0) + one["seconds"]
    ppo, dpo = spent[REWARD_MODEL] + spent["PPO"], spent["DPO"]
    times = ppo / dpo
    answer = TIMES[0] if times < 2 else TIMES[1] if times <= 10 else TIMES[2]
    return Happened(
        answer,
        _(
            "{reward_model:.1f} s for the reward model, {ppo:.1f} s for PPO, "
            "{dpo:.1f} s for DPO"
        ).format(reward_model=spent[REWARD_MODEL], ppo=spent["PPO"], dpo=dpo),
        _(
            "PPO writes every answer word by word before it can learn from it, "
            "and asks four models; the numbers of steps are those of this run"
        ),
    )


def _summaries(records: Sequence[Record]) -> dict[str, Record]:
    return {one["method"]: one for one in of_type(records, "summary")}


def _spread(value: Mapping[str, float], form: str = ".2f") -> str:
    """A mean, and its range where there is more than one seed."""
    mean, least, most = (
        format(value[name], form) for name in ("mean", "least", "most")
    )
    if value["least"] == value["most"]:
        return mean
    said = _("{mean} ({least} to {most})")
    return said.format(mean=mean, least=least, most=most)


def _reward(records: Sequence[Record]) -> Happened:
    found = _summaries(records)
    best = max(ASKED, key=lambda method: float(found[method]["reward"]["mean"]))
    by_score = found[BY_SCORE]
    return Happened(
        best,
        "; ".join(
            _("{one} {reward} at KL {kl}").format(
                one=_(one),
                reward=_spread(found[one]["reward"]),
                kl=_spread(found[one]["kl"]),
            )
            for one in ASKED
        ),
        _(
            "PPO and online DPO learn from what their policy writes now, DPO "
            "from what the reference once wrote; only online DPO has new "
            "labels, and compared by PPO's reward model instead, on the 256 "
            "alone, it gets {reward} at KL {kl}"
        ).format(reward=_spread(by_score["reward"]), kl=_spread(by_score["kl"])),
    )


def _grammar(records: Sequence[Record]) -> Happened:
    found = _summaries(records)
    worst = min(ASKED, key=lambda method: float(found[method]["grammatical"]["mean"]))
    low = found[LOW]
    return Happened(
        worst,
        "; ".join(f"{_(one)} {_spread(found[one]['grammatical'])}" for one in ASKED),
        _(
            "nothing in a pair speaks of the texts that neither answer is, and "
            "DPO never looks at what its policy writes; with β = 0.3 its share "
            "is {grammatical}, and the good words less the bad ones, {words}, "
            "hide that"
        ).format(grammatical=_spread(low["grammatical"]), words=_spread(low["words"])),
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    return LINES.get(record["type"], lambda _record: "")(record)


def _shown(record: Record) -> Record:
    """The record with its names in the learner's language."""
    names = ("method", "model")
    return record | {name: _(record[name]) for name in names if name in record}


def _memory(record: Record) -> str:
    return _(
        "{method}, {model}: weights {weights:,}, gradients {gradients:,}, optimizer "
        "{optimizer:,} bytes"
    ).format_map(_shown(record))


def _bill(record: Record) -> str:
    said = _(
        "{method}: {bytes:,} bytes for models of {parameters:,} parameters, "
        "{off:+.2%} off the formula"
    )
    if record["peak"] is not None:
        said = _(
            "{method}: {bytes:,} bytes for models of {parameters:,} parameters, "
            "{off:+.2%} off the formula, at most {peak:,} with activations"
        )
    return said.format_map(_shown(record))


def _account(record: Record) -> str:
    return _(
        "{billions} billion parameters in bf16: PPO {ppo:g} GB, DPO "
        "{dpo:g} GB, cached {dpo_cached:g} GB"
    ).format_map(record)


def _time(record: Record) -> str:
    return _("{method}: {seconds:.2f} s").format_map(_shown(record))


def _labels(record: Record) -> str:
    first = " / ".join(record["first"])
    said = ngettext(
        "seed {seed}: {n} labels; the first: {first}",
        "seed {seed}: {n} labels; the first: {first}",
        record["count"],
    )
    return said.format(seed=record["seed"], n=record["count"], first=first)


def _reward_model(record: Record) -> str:
    return _("reward model: {accuracy:.0%} of the labels right").format(
        accuracy=record["accuracy"]
    )


def _standing(record: Record) -> str:
    return _(
        "{method:19} {at:4.0%}  KL {kl:z5.2f}  true {reward:z5.2f}  words "
        "{words:z5.2f}  grammatical {grammatical:4.0%}"
    ).format_map(_shown(record))


def _summary(record: Record) -> str:
    said = ngettext(
        "{method}, {n} seed: true reward {reward}, KL {kl}, grammatical {grammatical}",
        "{method}, {n} seeds: true reward {reward}, KL {kl}, grammatical {grammatical}",
        record["seeds"],
    )
    return said.format(
        method=_(record["method"]),
        n=record["seeds"],
        reward=_spread(record["reward"]),
        kl=_spread(record["kl"]),
        grammatical=_spread(record["grammatical"]),
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
        series.append(Series(_(SHORT.get(method, method)), tuple(map(_point, stops))))
    title = _("True reward over KL, from the reference to the end of training")
    return Chart(title, _("KL to the reference, nats"), _("true reward"), tuple(series))


def _point(standings: Sequence[Record]) -> tuple[float, float]:
    kl, reward = (
        sum(one[name] for one in standings) / len(standings)
        for name in ("kl", "reward")
    )
    return kl, reward


FOUR_MODELS = Run(
    id="four-models",
    title=N_("Four models or one, on the same labels"),
    drop=1,
    text=TEXT,
    settings=(
        Setting("seeds", 1, N_("seeds, each with labels of its own"), 1, 10),
        Setting("length", 1.0, N_("of every training, in times of ours"), 0.02, 5.0),
        Setting("width", 64, N_("of the models whose bytes are counted"), 8, 65536),
        Setting("beta", BETA, N_("β of a DPO of your own"), 1e-3, 100.0),
        Setting("lr", LR, N_("its step size"), 1e-7, 1.0),
        Setting("steps", STEPS, N_("its steps of 32 pairs"), 1, 1000),
    ),
    questions=(
        Question(
            "bytes",
            N_(
                "In fp32, how many times the bytes of DPO with cached reference "
                "does PPO hold, weights, gradients and optimizer together?"
            ),
            within=0.2,
        ),
        Question(
            "gigabytes",
            N_(
                "In bf16, how many GB of these does PPO hold for models of 7 "
                "billion parameters?"
            ),
            within=10.0,
        ),
        Question("seconds", N_("PPO with its reward model trains, beside DPO,"), TIMES),
        Question("reward", N_("The highest true reward at the end has"), ASKED),
        Question("grammar", N_("The lowest share of grammatical texts has"), ASKED),
    ),
    worker="drillbox.reference.worlds_four_models",
    seconds=15.0,
    shows=(
        N_(
            "PPO holds 40 bytes a parameter in fp32, DPO 20, and 16 once the "
            "reference's log-probs are stored: four models are not four times "
            "one."
        ),
        N_(
            "On the same 256 labels PPO ends with more true reward than DPO in "
            "most seeds, not in all, and takes several times the seconds."
        ),
        N_(
            "DPO never sees its own answers: online DPO, with new labels for "
            "what its policy writes, is on average as high as PPO, and by the "
            "scores of PPO's reward model, with no new label, it ends above "
            "DPO in most seeds."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
