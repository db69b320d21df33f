"""The run `partition`: what becomes of log Z(x) when two answers are compared."""

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
from drillbox.words import N_, _

EQUAL = 1e-9  # nats; what rounding leaves of two equal numbers of this size is less

TEXT = N_(
    """\
Six prompts, five answers each, small enough to list: rewards and a reference
are drawn from the seed, and π* = ref · exp(r/β) / Z(x) is computed, with
another Z for every prompt. The policy's implicit reward is β log(π*/ref).

1. Answers 0 and 1 of one prompt are compared, by the rewards and by the
   implicit rewards. Then c is added to both log π, as a policy would have it
   that was not normalised, and the DPO loss is computed again.
2. Answer 0 of one prompt is compared with answer 1 of the next.
3. A loss that sees one answer alone, −log σ(β log(π/ref)), is computed with c
   and without.\
"""
)

OFF = (N_("nothing"), N_("one number for each prompt"), N_("a number for each answer"))
PREFERENCE = (N_("the same as from the rewards"), N_("another one"))


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    pairs, across = of_type(records, "pair"), of_type(records, "across")
    return {
        "off": _off(pairs),
        "shifted": _shifted(pairs),
        "across": _across(across),
        "pointwise": _pointwise(of_type(records, "pointwise")),
    }


def _off(pairs: Sequence[Record]) -> Happened:
    each = [pair["reward_less_implicit"] for pair in pairs]
    apart = max(abs(one - other) for one, other in each)
    largest = max(abs(value) for both in each for value in both)
    answer = OFF[2] if apart > EQUAL else OFF[1] if largest > EQUAL else OFF[0]
    low, high = min(one for one, _other in each), max(one for one, _other in each)
    return Happened(
        answer,
        _("from {low:+.3f} to {high:+.3f}").format(low=low, high=high),
        _(
            "r = β log(π*/ref) + β log Z(x), and Z(x) sums over all answers of "
            "the prompt, so it has none of its own"
        ),
    )


def _shifted(pairs: Sequence[Record]) -> Happened:
    changes = [pair["loss_shifted"] - pair["loss"] for pair in pairs]
    largest = max(changes, key=abs)
    return Happened(
        way(largest, EQUAL),
        _("{largest:.1e} nats at most").format(largest=abs(largest)),
        _(
            "both log π have the same prompt and the same c, and the loss sees "
            "their difference alone; log Z(x) is such a c"
        ),
    )


def _across(across: Sequence[Record]) -> Happened:
    apart = [abs(one["margin_policy"] - one["margin_rewards"]) for one in across]
    worst = across[apart.index(max(apart))]
    flipped = sum(one["margin_policy"] * one["margin_rewards"] < 0 for one in across)
    return Happened(
        PREFERENCE[max(apart) > EQUAL],
        _(
            "P {preference_rewards:.3f} from the rewards, "
            "{preference_policy:.3f} from the policy"
        ).format_map(worst),
        _(
            "β log Z(x₁) − β log Z(x₂) is left over; the other answer is the "
            "preferred one in {flipped} of {n} such pairs"
        ).format(flipped=flipped, n=len(across)),
    )


def _pointwise(alone: Sequence[Record]) -> Happened:
    changes = [one["loss_shifted"] - one["loss"] for one in alone]
    largest = max(changes, key=abs)
    return Happened(
        way(largest, EQUAL),
        _("{largest:+.3f} nats at most").format(largest=largest),
        _(
            "nothing is subtracted, so c stays in; a loss of single answers "
            "has to do something about log Z(x), as the baseline of KTO does"
        ),
    )


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "pair":
        return _(
            "prompt {prompt}  β log Z {beta_log_z:+.3f}  margin "
            "{margin_rewards:+.4f} {margin_policy:+.4f}  loss {loss:.4f}, "
            "shifted {loss_shifted:.4f}"
        ).format_map(record)
    if record["type"] == "across":
        one, other = record["prompts"]
        return _(
            "prompts {one} and {other}  P from the rewards "
            "{preference_rewards:.4f}, from the policy {preference_policy:.4f}"
        ).format(
            one=one,
            other=other,
            preference_rewards=record["preference_rewards"],
            preference_policy=record["preference_policy"],
        )
    if record["type"] == "pointwise":
        return _(
            "prompt {prompt}  one answer alone: loss {loss:.4f}, shifted "
            "{loss_shifted:.4f}"
        ).format_map(record)
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Margins by the policy over margins by the rewards: a line where Z cancels."""
    named = {"pair": _("one prompt"), "across": _("two prompts")}
    series = [
        Series(
            name,
            tuple(
                (one["margin_rewards"], one["margin_policy"])
                for one in of_type(records, kind)
            ),
            dots=True,
        )
        for kind, name in named.items()
    ]
    title = _("The same comparison by rewards and by the policy")
    x, y = _("r_w − r_l"), _("β log(π*/ref) of w less that of l")
    return Chart(title, x, y, tuple(series))


PARTITION = Run(
    id="partition",
    title=N_("Where log Z goes"),
    drop=6,
    text=TEXT,
    settings=(
        Setting("beta", 0.5, N_("β, the price of a nat of KL"), 0.01, 100.0),
        Setting("shift", 3.0, N_("c, nats added to log π"), -100.0, 100.0),
        Setting("prompts", 6, N_("prompts"), 2, 500),
        Setting("answers", 5, N_("answers to each"), 2, 500),
    ),
    questions=(
        Question("off", N_("By what do r and β log(π*/ref) differ?"), OFF),
        Question(
            "shifted",
            N_("One prompt: c is added to both log π. The DPO loss goes"),
            WAYS,
        ),
        Question(
            "across",
            N_("Answers to two prompts: the preference that β log(π*/ref) gives is"),
            PREFERENCE,
        ),
        Question(
            "pointwise",
            N_("One answer alone: c is added to its log π. The loss goes"),
            WAYS,
        ),
    ),
    worker="drillbox.reference.worlds_partition",
    seconds=1.0,
    shows=(
        N_(
            "Between two answers to one prompt log Z(x) cancels, so nobody has "
            "to know it."
        ),
        N_(
            "Between answers to two prompts β (log Z(x₁) − log Z(x₂)) is left "
            "over, and it can turn a preference around."
        ),
        N_(
            "A loss of single answers has nothing to subtract: there log Z(x) stays in."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
