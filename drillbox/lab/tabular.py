"""The run `tabular`: the derivation of DPO, closed by numbers."""

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

CLOSE = 1e-8  # nats, of the largest difference of a log-prob
EQUAL = 1e-9  # of two values that should be one
FLAT = 0.001  # of a probability

TEXT = N_(
    """\
A world with five answers, small enough to list. Each has a reward and a
probability under the reference, drawn from the seed.

1. DPO is trained on all pairs of answers, by gradient descent from the
   reference. The labels are those that Bradley and Terry give for the rewards.
   Beside it stands the closed form ref(y) · exp(r(y)/β) / Z.
2. The objective J(π) = E r − β KL(π‖ref) is computed for the closed form.
3. Another world: three answers, one pair. The third answer is in no pair. DPO
   is trained once with a parameter for each answer, and once with two features
   that the three answers share.\
"""
)

FEATURES = (N_("own"), N_("shared"))  # of the records
GAP = (N_("below 1e-8"), N_("between 1e-8 and 0.1"), N_("above 0.1"))
VALUES = (N_("β log Z"), N_("log Z"), N_("the mean reward under ref"))


def happened(records: Sequence[Record]) -> Mapping[str, Happened]:
    """What the records say of each question."""
    arms, best = of_type(records, "arms")[0], of_type(records, "objective")[0]
    gap = of_type(records, "step")[-1]["gap"]
    return {
        "gap": _gap(gap),
        "objective": _objective(best, arms["log_z"]),
        "own": _third(records, "own"),
        "shared": _third(records, "shared"),
    }


def _gap(gap: float) -> Happened:
    answer = GAP[0] if gap < CLOSE else GAP[1] if gap <= 0.1 else GAP[2]
    why = _(
        "the loss is least where σ(β h) is the label for every pair, so "
        "where β (log π − log ref) is the reward up to one number for all "
        "answers; normalised, that is the closed form"
    )
    if answer != GAP[0]:
        left = _(
            "{why}; these settings leave it before it gets there, so take more steps"
        )
        why = left.format(why=why)
    return Happened(answer, _("{gap:.2g} nats at most").format(gap=gap), why)


def _objective(best: Record, log_z: float) -> Happened:
    distances = {
        VALUES[0]: best["difference"],
        VALUES[1]: abs(best["value"] - log_z),
        VALUES[2]: abs(best["value"] - best["value_ref"]),
    }
    answer = min(distances, key=lambda name: distances[name])
    value = _("J = {value:.10f}, β log Z = {beta_log_z:.10f}").format_map(best)
    return Happened(
        answer,
        value,
        _(
            "J(π) = β log Z − β KL(π‖π*), and the KL is 0 at π*; the best of "
            "{count} random policies has {value:.3f}"
        ).format(count=best["random"], value=best["best_of_random"]),
    )


def _third(records: Sequence[Record], features: str) -> Happened:
    path = [one for one in of_type(records, "unseen") if one["features"] == features]
    first, last = path[0]["unseen"], path[-1]["unseen"]
    why = {
        "own": (
            _(
                "its own logit has no gradient and stays, while that of chosen "
                "grows without end: as chosen nears 1, nothing is left for the "
                "others"
            )
        ),
        "shared": (
            _(
                "the loss asks only that chosen gains on rejected; the shared "
                "features that do it lower the logits of both and raise that of "
                "the third"
            )
        ),
    }
    answer = way(last - first, FLAT)
    return Happened(answer, f"{first:.3f} → {last:.3f}", why[features])


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "arms":
        best = " ".join(f"{p:.3f}" for p in record["closed_form"])
        return _("closed form: {best}   log Z {log_z:.4f} nats").format(
            best=best, log_z=record["log_z"]
        )
    if record["type"] == "step":
        return _(
            "step {step:5}  loss {loss:.6f}  J {value:.6f}  distance to the "
            "closed form {gap:.1e}"
        ).format_map(record)
    if record["type"] == "objective":
        return _(
            "J {value:.10f}  β log Z {beta_log_z:.10f}  J(ref) {value_ref:.4f}"
        ).format_map(record)
    if record["type"] == "unseen":
        return _(
            "{features:6} features  step {step:5}  chosen {chosen:.4f}  "
            "rejected {rejected:.4f}  unseen {unseen:.4f}"
        ).format_map(record | {"features": _(record["features"])})
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Where the probability of the answer goes that no pair has."""
    path = of_type(records, "unseen")
    named = {"own": _("own features"), "shared": _("shared features")}
    return Chart(
        _("An answer that no pair has"),
        _("step"),
        _("its probability"),
        tuple(
            Series(
                shown,
                tuple(
                    (one["step"], one["unseen"])
                    for one in path
                    if one["features"] == name
                ),
            )
            for name, shown in named.items()
        ),
    )


TABULAR = Run(
    id="tabular",
    title=N_("The closed form, reached by training"),
    drop=4,
    text=TEXT,
    settings=(
        Setting("beta", 0.7, N_("β, the price of a nat of KL"), 0.01, 100.0),
        Setting("arms", 5, N_("answers of the first world"), 2, 50),
        Setting("steps", 100, N_("steps of gradient descent there"), 1, 5000),
        Setting("unseen_steps", 2000, N_("steps in the second world"), 1, 5000),
    ),
    questions=(
        Question(
            "gap",
            N_(
                "After training, how far is the policy from the closed form at "
                "most, in nats of a log-prob?"
            ),
            GAP,
        ),
        Question("objective", N_("What is J of the closed form?"), VALUES),
        Question(
            "own",
            N_(
                "A parameter for each answer: the probability of the one that is "
                "in no pair goes"
            ),
            WAYS,
        ),
        Question(
            "shared",
            N_("Shared features: the probability of the one that is in no pair goes"),
            WAYS,
        ),
    ),
    worker="drillbox.reference.worlds_tabular",
    seconds=3.0,
    shows=(
        N_("DPO on the labels of Bradley and Terry ends at ref · exp(r/β)/Z itself."),
        N_("The best value of the objective is β log Z, and no policy has more."),
        N_(
            "The loss says nothing of an answer that is in no pair: where "
            "answers share parameters, it can take all the probability."
        ),
    ),
    happened=happened,
    line=line,
    chart=chart,
)
