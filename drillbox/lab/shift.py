"""The run `shift`: pairs near the policy and far from it, and what each teaches."""

from collections.abc import Mapping, Sequence

from drillbox.lab.chart import Chart, Series
from drillbox.lab.general import Happened, Question, Record, Run, Setting, of_type
from drillbox.words import N_, _

# Of the records; shown through `_`.
OWN, STYLE, ORDER = N_("own answers"), N_("another style"), N_("another word order")
ONLINE, TUNED = N_("online DPO"), N_("SFT, then DPO")
REFERENCE = N_("reference")
BETTER = 0.5  # of true reward: less than that is not a better policy
OFTEN = 20  # every so many steps are printed

TEXT = N_(
    """\
The tiny language model writes reviews. The true reward of a review is its
good words less its bad ones (great and liked are good, awful and hated bad),
if it is grammatical, and 0 if it is not. DPO trains on 256 pairs, written in
three ways:

1. own answers: drawn from the model, the one of higher true reward is chosen,
   and may have bad words too;
2. another style, good words in the chosen answer and bad ones in the other:
                  many people like the song . i hope it is funny .
                  many people like the song . i hope it is awful .
3. another word order, which the model never speaks:
                  funny song , great song .  /  awful song , cold song .

Then online DPO: at each of 32 steps the policy writes 32 new pairs, labelled
by Bradley and Terry from the true reward; so it has four times the labels, and
a larger step size. Last, the model is first fine-tuned on the chosen answers
of 2, and DPO on 2 starts from there. After each, the policy writes 256
reviews: they are what is judged.

It takes about six seconds.\
"""
)

FALLS = (
    N_("own answers"),
    N_("another style or word order"),
    N_("about equal for all three"),
)
RAISES = (
    N_("own answers alone"),
    N_("own answers and another style"),
    N_("all three"),
    N_("none of them"),
)
UNASKED = {  # what it may be as well, beside one of the names
    frozenset((STYLE, ORDER)): N_("another style and another word order"),
    frozenset((OWN, ORDER)): N_("another word order and own answers"),
}
NATS = (N_("below 0.1 nats"), N_("0.1 to 1 nat"), N_("above 1 nat"))
ONLINE_KL = (N_("further from the reference"), N_("nearer to it"), N_("about as far"))
HELPS = (N_("higher than without"), N_("about the same"), N_("lower than without"))


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    ends = {one["name"]: one for one in of_type(records, "standing")}
    return {
        "loss": _loss(records),
        "reward": _reward(ends),
        "kl": _kl(ends[ORDER]),
        "online": _online(ends),
        "sft": _sft(ends),
    }


def _loss(records: Sequence[Record]) -> Happened:
    last = {one["name"]: one["loss"] for one in of_type(records, "loss")}
    own, far = last[OWN], max(last[STYLE], last[ORDER])
    answer = FALLS[0] if own < far / 2 else FALLS[1] if far < own / 2 else FALLS[2]
    listed = ", ".join(f"{_(name)}: {last[name]:.4f}" for name in (OWN, STYLE, ORDER))
    return Happened(
        answer,
        _("nats at the last step: {listed}").format(listed=listed),
        _(
            "texts in one form, apart only in good and bad words, are easy to "
            "tell apart; the loss sees the pairs alone, not what the policy "
            "says"
        ),
    )


def _reward(ends: Mapping[str, Record]) -> Happened:
    start = ends["reference"]["reward"]
    better = {name for name in (OWN, STYLE, ORDER) if _gain(ends, name) > BETTER}
    sets: Sequence[set[str]] = ({OWN}, {OWN, STYLE}, {OWN, STYLE, ORDER}, set())
    found = [name for name, one in zip(RAISES, sets, strict=True) if one == better]
    listed = ", ".join(
        f"{_(one)}: {ends[one]['reward']:.2f}" for one in (OWN, STYLE, ORDER)
    )
    return Happened(
        found[0] if found else UNASKED.get(frozenset(better), min(better)),
        _("reference: {start:.2f}, {listed}").format(start=start, listed=listed),
        _(
            "to tell texts apart that it never says is a skill that the policy "
            "hardly uses when it speaks"
        ),
    )


def _gain(ends: Mapping[str, Record], name: str) -> float:
    return float(ends[name]["reward"] - ends["reference"]["reward"])


def _kl(end: Record) -> Happened:
    kl = end["kl"]
    answer = NATS[0] if kl < 0.1 else NATS[1] if kl < 1 else NATS[2]
    return Happened(
        answer,
        _("{kl:.3f} nats, with {accuracy:.0%} of the pairs right").format(
            kl=kl, accuracy=end["accuracy"]
        ),
        _(
            "loss and accuracy are perfect, and the policy speaks as if "
            "nothing had been: what it learnt lies where it never goes"
        ),
    )


def _online(ends: Mapping[str, Record]) -> Happened:
    offline, online = ends[OWN], ends[ONLINE]
    ratio = online["kl"] / offline["kl"]
    answer = ONLINE_KL[0] if ratio > 1.5 else ONLINE_KL[1] if ratio < 1 / 1.5 else ""
    both = "; ".join(
        _(
            "{name}: KL {kl:.2f}, reward {reward:.2f}, grammatical {grammatical:.0%}"
        ).format(
            name=name,
            kl=one["kl"],
            reward=one["reward"],
            grammatical=one["grammatical"],
        )
        for name, one in ((_("offline"), offline), (_("online"), online))
    )
    return Happened(
        answer or ONLINE_KL[2],
        both,
        _(
            "fresh pairs are texts that the policy says now, so one that it "
            "has begun to say by mistake can be rejected; old pairs never hold "
            "such a text"
        ),
    )


def _sft(ends: Mapping[str, Record]) -> Happened:
    change = ends[TUNED]["reward"] - ends[STYLE]["reward"]
    answer = HELPS[0] if change > 0.1 else HELPS[2] if change < -0.1 else HELPS[1]
    return Happened(
        answer,
        _("{before:.2f} → {after:.2f}; it says: {said}").format(
            before=ends[STYLE]["reward"],
            after=ends[TUNED]["reward"],
            said=ends[TUNED]["said"],
        ),
        _(
            "it is advised, so that the pairs are texts that the reference "
            "says; here {grammatical:.0%} of its answers have a review's form, "
            "which alone can have a true reward, {styled:.0%} are whole texts "
            "of the other style, and the rest are broken, so that more good "
            "words ({words:.2f} less bad ones) count for nothing"
        ).format(
            grammatical=ends[TUNED]["grammatical"],
            styled=ends[TUNED]["styled"],
            words=ends[TUNED]["words"],
        ),
    )


def line(record: Record) -> str:
    """A record as a line of text; of the losses every twentieth."""
    if record["type"] == "pairs":
        chosen, rejected = record["first"]
        return _(
            "{name}: log ref {ref_chosen:.1f} and {ref_rejected:.1f} nats; "
            "{chosen} / {rejected}"
        ).format(
            name=_(record["name"]),
            ref_chosen=record["ref_chosen"],
            ref_rejected=record["ref_rejected"],
            chosen=chosen,
            rejected=rejected,
        )
    if record["type"] == "loss" and record["step"] % OFTEN == 0:
        return _("{name:18}  step {step:3}  loss {loss:.4f}").format_map(
            record | {"name": _(record["name"])}
        )
    if record["type"] == "standing":
        return _(
            "{name:18}  true reward {reward:+z.2f}  grammatical "
            "{grammatical:4.0%}  KL {kl:.2f} nats; it says: {said}"
        ).format_map(record | {"name": _(record["name"])})
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """The loss of each method."""
    losses = of_type(records, "loss")
    series = [
        Series(
            _(name),
            tuple((one["step"], one["loss"]) for one in losses if one["name"] == name),
        )
        for name in dict.fromkeys(one["name"] for one in losses)
    ]
    return Chart(
        _("The loss on five sets of pairs"), _("step"), _("loss, nats"), tuple(series)
    )


SHIFT = Run(
    id="shift",
    title=N_("The same loss, another world"),
    drop=10,
    text=TEXT,
    settings=(
        Setting("steps", 60, N_("steps of DPO on each set of pairs"), 1, 300),
        Setting("lr", 1e-4, N_("the step size of AdamW"), 1e-7, 1.0),
        Setting("beta", 1.0, "β", 1e-3, 100.0),
        Setting(
            "online_steps", 32, N_("steps of online DPO, 32 new pairs each"), 1, 200
        ),
        Setting("online_lr", 3e-4, N_("the step size of online DPO"), 1e-7, 1.0),
        Setting(
            "sft_steps", 40, N_("steps of fine-tuning on the chosen answers"), 1, 300
        ),
    ),
    questions=(
        Question("loss", N_("At the last step of DPO the loss is lowest on"), FALLS),
        Question(
            "reward",
            N_(
                "What it says is better than the reference by a true reward of 0.5 "
                "after"
            ),
            RAISES,
        ),
        Question(
            "kl", N_("After the other word order, the KL to the reference is"), NATS
        ),
        Question(
            "online",
            N_("Beside offline DPO on own answers, the policy of online DPO ends"),
            ONLINE_KL,
        ),
        Question(
            "sft",
            N_(
                "Fine-tuned on the chosen answers of the other style first, then "
                "DPO on it: the true reward is"
            ),
            HELPS,
        ),
    ),
    worker="drillbox.reference.worlds_shift",
    seconds=8.0,
    shows=(
        N_(
            "The loss falls on all pairs, and lowest on those that the policy "
            "never says; but only its own answers make it write clearly better "
            "reviews."
        ),
        N_(
            "A preference in a word order that it never speaks is learnt "
            "perfectly and changes nothing that it says."
        ),
        N_(
            "Pairs drawn anew at each step move it as well; fine-tuning on the "
            "chosen answers first did not help, but by a true reward that is 0 "
            "for all without a review's form, so for every text of the style "
            "that it was tuned on."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
