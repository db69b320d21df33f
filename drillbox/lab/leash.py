"""The run `leash`: PPO with the KL penalty and without, on one reward model."""

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

FLAT = 0.05  # of a mean score or a mean reward
OFTEN = 10  # every so many iterations are printed
LEASHES = ("without", "with")

TEXT = """\
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

RANGE = ("with the penalty", "without it", "about as wide in both")
TIMES = ("less than twice as large", "two to ten times", "more than ten times")
BESIDE = ("lower", "about as high, or higher")


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
        "the score is what PPO is paid, so it rises as long as anything can be found "
        "that the reward model likes",
    )


def _kl(free: Record, held: Record) -> Happened:
    times = free["kl"]["mean"] / held["kl"]["mean"]
    answer = TIMES[0] if times < 2 else TIMES[1] if times <= 10 else TIMES[2]
    return Happened(
        answer,
        f"{_spread(free['kl'])} nats without it, {_spread(held['kl'])} with it",
        "nothing holds the policy near the reference but the cost of leaving it; the "
        "clip limits one iteration, not the sum of all",
    )


def _range(free: Record, held: Record) -> Happened:
    wide, narrow = (
        one["reward"]["most"] - one["reward"]["least"] for one in (free, held)
    )
    answer = {"up": RANGE[1], "down": RANGE[0], "same": RANGE[2]}
    return Happened(
        answer[way(wide - narrow, FLAT)],
        f"{_spread(free['reward'])} without it, {_spread(held['reward'])} with it",
        "far from the reference the reward model guesses, and where a seed ends up "
        "is luck: its guesses lead some policies out of the grammar and others not "
        f"(grammatical share {_spread(free['grammatical'])} without it, "
        f"{_spread(held['grammatical'])} with it)",
    )


def _spread(value: Mapping[str, float]) -> str:
    """A mean and its range."""
    return f"{value['mean']:.2f} ({value['least']:.2f} to {value['most']:.2f})"


def _worst(records: Sequence[Record]) -> Happened:
    ends = of_type(records, "ended")
    worst = min(ends, key=lambda one: float(one["reward"]))
    same = (one for one in ends if one["seed"] == worst["seed"])
    held = next(one for one in same if one["leash"] == "with")
    return Happened(
        BESIDE[worst["score"] >= held["score"] - FLAT],
        f"seed {worst['seed']}, {worst['leash']} the penalty: score "
        f"{worst['score']:.2f}, true reward {worst['reward']:.2f}, KL "
        f"{worst['kl']:.1f}; with it: score {held['score']:.2f}, true reward "
        f"{held['reward']:.2f}, KL {held['kl']:.1f}",
        "the reward model never saw such texts, so its score says nothing of them; the "
        "KL is what gives such a policy away",
    )


def line(record: Record) -> str:
    """A record as a line of text; of the iterations every tenth."""
    if record["type"] == "labels":
        return f"{record['count']} labels; the first: {' / '.join(record['first'])}"
    if record["type"] == "reward_model":
        return (
            f"reward model: {record['accuracy']:.0%} of the labels right after "
            f"{record['steps']} steps"
        )
    if record["type"] == "iteration" and record["iteration"] % OFTEN == 0:
        return _row(record, f"{record['iteration']:4}")
    if record["type"] == "ended":
        return _row(record, " end")
    if record["type"] == "said":
        return f"   it says: {' / '.join(record['texts'])}"
    if record["type"] == "summary":
        return (
            f"{record['leash']:7} KL, {record['seeds']} seeds: true reward "
            f"{_spread(record['reward'])}, KL {_spread(record['kl'])}, score "
            f"{_spread(record['score'])}, grammatical {_spread(record['grammatical'])}"
        )
    return ""


def _row(record: Record, when: str) -> str:
    return (
        f"{record['leash']:7} seed {record['seed']}  {when}  score "
        f"{record['score']:z5.2f}  KL {record['kl']:z5.2f}  true "
        f"{record['reward']:z5.2f}  grammatical {record['grammatical']:4.0%}"
    )


def chart(records: Sequence[Record]) -> Chart:
    """Every iteration of every seed: the true reward over the KL."""
    path = of_type(records, "iteration")
    series = [
        Series(
            f"{leash} the KL penalty",
            tuple((one["kl"], one["reward"]) for one in path if one["leash"] == leash),
            dots=True,
        )
        for leash in LEASHES
    ]
    title = "PPO on a reward model: the true reward, which it never sees"
    return Chart(title, "KL to the reference, nats", "true reward", tuple(series))


LEASH = Run(
    id="leash",
    title="PPO without its leash",
    drop=3,
    text=TEXT,
    settings=(
        Setting("seeds", 2, "seeds, each with labels of its own", 1, 10),
        Setting(
            "iterations", 25, "iterations of PPO, with the penalty and without", 1, 200
        ),
        Setting("rm_steps", 160, "steps of the reward model, of 32 pairs", 8, 2000),
        Setting("kl_coef", 0.1, "the penalty, reward for each nat", 0.0, 10.0),
        Setting("lr", 1e-3, "the step size of AdamW", 1e-7, 1.0),
    ),
    questions=(
        Question(
            "score",
            "Without the penalty, the reward model's score of the policy goes",
            ("up", "down", "same"),
        ),
        Question(
            "kl",
            "At the end the policy's KL to the reference is, without the penalty and "
            "beside that with it,",
            TIMES,
        ),
        Question(
            "range",
            "Over the seeds, the true reward at the end has the wider range",
            RANGE,
        ),
        Question(
            "worst",
            "Take the policy with the least true reward of all. Beside the policy of "
            "the same seed with the penalty, its score is",
            BESIDE,
        ),
    ),
    worker="drillbox.reference.worlds_leash",
    seconds=20.0,
    shows=(
        "Without the penalty the mean score rises as high as with it or higher, while "
        "KL and true reward scatter: over the five seeds of the course's record the "
        "same recipe ends well or at nothing.",
        "With the penalty every seed stays within a few nats of the reference, speaks "
        "grammatically, and has a true reward far above the reference's.",
        "The leash buys reliability, not the highest reward of all; and the score "
        "alone does not tell a broken policy from a good one.",
    ),
    happened=happened,
    line=line,
    chart=chart,
    devices=("cpu", "cuda"),
)
