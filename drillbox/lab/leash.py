"""The run `leash`: PPO with the KL penalty and without, on one reward model."""

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

FLAT = 0.05  # of a mean score or a mean reward
OFTEN = 10  # every so many iterations are printed
LEASHES = (N_("without"), N_("with"))  # of the records

TEXT = N_(
    """\
The tiny language model writes reviews. The true reward of a review is its
good words less its bad ones (great and liked are good, awful and hated bad),
if it is grammatical, and 0 if it is not. PPO never sees that reward: 256
pairs of reviews by the reference are labelled by it, Bradley and Terry's way,
a reward model is fitted on the labels, and its score is all that PPO is paid.

Then PPO trains for equally many iterations, 64 reviews each, from the same
reference: once with the KL penalty in its reward, once without. Each is done
for several seeds, with labels and a reward model of their own, so that what
one of them does by luck can be told apart.

It takes about twelve seconds.\
"""
)

RANGE = (N_("with the penalty"), N_("without it"), N_("about as wide in both"))
TIMES = (
    N_("less than twice as large"),
    N_("two to ten times"),
    N_("more than ten times"),
)
BESIDE = (N_("lower"), N_("about as high, or higher"))


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    free, held = (_summary(records, leash) for leash in LEASHES)
    return {
        "score": _score(records),
        "kl": _kl(free, held),
        "range": _range(free, held),
        "worst": _worst(records),
    }


def _summary(records: Sequence[Record], leash: str) -> Record:
    found = (one for one in of_type(records, "summary") if one["leash"] == leash)
    return next(found)


def _score(records: Sequence[Record]) -> Happened:
    path = [one for one in of_type(records, "iteration") if one["leash"] == "without"]
    first = [one["score"] for one in path if one["iteration"] == 0]
    last = _summary(records, "without")["score"]["mean"]
    start = sum(first) / len(first)
    return Happened(
        way(last - start, FLAT),
        f"{start:.2f} → {last:.2f}",
        _(
            "the score is what PPO is paid, so it rises as long as anything "
            "can be found that the reward model likes"
        ),
    )


def _kl(free: Record, held: Record) -> Happened:
    times = free["kl"]["mean"] / held["kl"]["mean"]
    answer = TIMES[0] if times < 2 else TIMES[1] if times <= 10 else TIMES[2]
    return Happened(
        answer,
        _("{free_kl} nats without it, {held_kl} with it").format(
            free_kl=_spread(free["kl"]), held_kl=_spread(held["kl"])
        ),
        _(
            "nothing holds the policy near the reference but the cost of "
            "leaving it; the clip limits one iteration, not the sum of all"
        ),
    )


def _range(free: Record, held: Record) -> Happened:
    wide, narrow = (
        one["reward"]["most"] - one["reward"]["least"] for one in (free, held)
    )
    answer = {"up": RANGE[1], "down": RANGE[0], "same": RANGE[2]}
    return Happened(
        answer[way(wide - narrow, FLAT)],
        _("{free_reward} without it, {held_reward} with it").format(
            free_reward=_spread(free["reward"]), held_reward=_spread(held["reward"])
        ),
        _(
            "far from the reference the reward model guesses, and where a seed "
            "ends up is luck: its guesses lead some policies out of the "
            "grammar and others not (grammatical share {free_grammatical} "
            "without it, {held_grammatical} with it)"
        ).format(
            free_grammatical=_spread(free["grammatical"]),
            held_grammatical=_spread(held["grammatical"]),
        ),
    )


def _spread(value: Mapping[str, float]) -> str:
    """A mean and its range."""
    return _("{mean:.2f} ({least:.2f} to {most:.2f})").format_map(value)


def _worst(records: Sequence[Record]) -> Happened:
    ends = of_type(records, "ended")
    worst = min(ends, key=lambda one: float(one["reward"]))
    same = (one for one in ends if one["seed"] == worst["seed"])
    held = next(one for one in same if one["leash"] == "with")
    return Happened(
        BESIDE[worst["score"] >= held["score"] - FLAT],
        _beside(worst, held),
        _(
            "the reward model never saw such texts, so its score says nothing "
            "of them; the KL is what gives such a policy away"
        ),
    )


def _beside(worst: Record, held: Record) -> str:
    said = _(
        "seed {seed}, without the penalty: score {score}, true reward {reward}, KL "
        "{kl}; with it: score {held_score}, true reward {held_reward}, KL {held_kl}"
    )
    if worst["leash"] == "with":
        said = _(
            "seed {seed}, with the penalty: score {score}, true reward {reward}, KL "
            "{kl}; with it: score {held_score}, true reward {held_reward}, KL {held_kl}"
        )
    return said.format(
        seed=worst["seed"],
        score=f"{worst['score']:.2f}",
        reward=f"{worst['reward']:.2f}",
        kl=f"{worst['kl']:.1f}",
        held_score=f"{held['score']:.2f}",
        held_reward=f"{held['reward']:.2f}",
        held_kl=f"{held['kl']:.1f}",
    )


def line(record: Record) -> str:
    """A record as a line of text; of the iterations every tenth."""
    if record["type"] == "labels":
        labelled = ngettext(
            "{n} labels; the first: {first}",
            "{n} labels; the first: {first}",
            record["count"],
        )
        return labelled.format(n=record["count"], first=" / ".join(record["first"]))
    if record["type"] == "reward_model":
        fitted = ngettext(
            "reward model: {accuracy} of the labels right after {n} steps",
            "reward model: {accuracy} of the labels right after {n} steps",
            record["steps"],
        )
        return fitted.format(accuracy=f"{record['accuracy']:.0%}", n=record["steps"])
    if record["type"] == "iteration" and record["iteration"] % OFTEN == 0:
        return _row(record, f"{record['iteration']:4}")
    if record["type"] == "ended":
        return _row(record, f"{_('end'):>4}")
    if record["type"] == "said":
        return _("   it says: {texts}").format(texts=" / ".join(record["texts"]))
    if record["type"] == "summary":
        summed = ngettext(
            "{leash:7} KL, {n} seeds: true reward {reward}, KL {kl}, score {score}, "
            "grammatical {grammatical}",
            "{leash:7} KL, {n} seeds: true reward {reward}, KL {kl}, score {score}, "
            "grammatical {grammatical}",
            record["seeds"],
        )
        return summed.format(
            leash=_(record["leash"]),
            n=record["seeds"],
            reward=_spread(record["reward"]),
            kl=_spread(record["kl"]),
            score=_spread(record["score"]),
            grammatical=_spread(record["grammatical"]),
        )
    return ""


def _row(record: Record, when: str) -> str:
    return _(
        "{leash:7} seed {seed}  {when}  score {score:z5.2f}  KL {kl:z5.2f}  true "
        "{reward:z5.2f}  grammatical {grammatical:4.0%}"
    ).format_map(record | {"leash": _(record["leash"]), "when": when})


def chart(records: Sequence[Record]) -> Chart:
    """Every iteration of every seed: the true reward over the KL."""
    path = of_type(records, "iteration")
    named = {"without": _("without the KL penalty"), "with": _("with the KL penalty")}
    series = [
        Series(
            name,
            tuple((one["kl"], one["reward"]) for one in path if one["leash"] == leash),
            dots=True,
        )
        for leash, name in named.items()
    ]
    title = _("PPO on a reward model: the true reward, which it never sees")
    return Chart(title, _("KL to the reference, nats"), _("true reward"), tuple(series))


LEASH = Run(
    id="leash",
    title=N_("PPO without its leash"),
    drop=3,
    text=TEXT,
    settings=(
        Setting("seeds", 2, N_("seeds, each with labels of its own"), 1, 10),
        Setting(
            "iterations",
            25,
            N_("iterations of PPO, with the penalty and without"),
            1,
            200,
        ),
        Setting("rm_steps", 160, N_("steps of the reward model, of 32 pairs"), 8, 2000),
        Setting("kl_coef", 0.1, N_("the penalty, reward for each nat"), 0.0, 10.0),
        Setting("lr", 1e-3, N_("the step size of AdamW"), 1e-7, 1.0),
    ),
    questions=(
        Question(
            "score",
            N_("Without the penalty, the reward model's score of the policy goes"),
            WAYS,
        ),
        Question(
            "kl",
            N_(
                "At the end the policy's KL to the reference is, without the "
                "penalty and beside that with it,"
            ),
            TIMES,
        ),
        Question(
            "range",
            N_("Over the seeds, the true reward at the end has the wider range"),
            RANGE,
        ),
        Question(
            "worst",
            N_(
                "Take the policy with the least true reward of all. Beside the "
                "policy of the same seed with the penalty, its score is"
            ),
            BESIDE,
        ),
    ),
    worker="drillbox.reference.worlds_leash",
    seconds=20.0,
    shows=(
        N_(
            "Without the penalty the mean score rises as high as with it or "
            "higher, while KL and true reward scatter: over the five seeds of "
            "the course's record the same recipe ends well or at nothing."
        ),
        N_(
            "With the penalty every seed stays within a few nats of the "
            "reference, speaks grammatically, and has a true reward far above "
            "the reference's."
        ),
        N_(
            "The leash buys reliability, not the highest reward of all; and "
            "the score alone does not tell a broken policy from a good one."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
