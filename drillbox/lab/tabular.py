"""The run `tabular`: the derivation of DPO, closed by numbers."""

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

CLOSE = 1e-8  # nats, of the largest difference of a log-prob
EQUAL = 1e-9  # of two values that should be one
FLAT = 0.001  # of a probability

TEXT = """\
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

GAP = ("below 1e-8", "between 1e-8 and 0.1", "above 0.1")
VALUES = ("β log Z", "log Z", "the mean reward under ref")


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
    why = (
        "the loss is least where σ(β h) is the label for every pair, so where "
        "β (log π − log ref) is the reward up to one number for all answers; "
        "normalised, that is the closed form"
    )
    if answer != GAP[0]:
        why += "; these settings leave it before it gets there, so take more steps"
    return Happened(answer, f"{gap:.2g} nats at most", why)


def _objective(best: Record, log_z: float) -> Happened:
    distances = {
        VALUES[0]: best["difference"],
        VALUES[1]: abs(best["value"] - log_z),
        VALUES[2]: abs(best["value"] - best["value_ref"]),
    }
    answer = min(distances, key=lambda name: distances[name])
    value = f"J = {best['value']:.10f}, β log Z = {best['beta_log_z']:.10f}"
    return Happened(
        answer,
        value,
        "J(π) = β log Z − β KL(π‖π*), and the KL is 0 at π*; the best of "
        f"{best['random']} random policies has {best['best_of_random']:.3f}",
    )


def _third(records: Sequence[Record], features: str) -> Happened:
    path = [one for one in of_type(records, "unseen") if one["features"] == features]
    first, last = path[0]["unseen"], path[-1]["unseen"]
    why = {
        "own": (
            "its own logit has no gradient and stays, while that of chosen grows "
            "without end: as chosen nears 1, nothing is left for the others"
        ),
        "shared": (
            "the loss asks only that chosen gains on rejected; the shared features "
            "that do it lower the logits of both and raise that of the third"
        ),
    }
    answer = way(last - first, FLAT)
    return Happened(answer, f"{first:.3f} → {last:.3f}", why[features])


def line(record: Record) -> str:
    """A record as a line of text."""
    if record["type"] == "arms":
        best = " ".join(f"{p:.3f}" for p in record["closed_form"])
        return f"closed form: {best}   log Z {record['log_z']:.4f} nats"
    if record["type"] == "step":
        return (
            f"step {record['step']:5}  loss {record['loss']:.6f}  "
            f"J {record['value']:.6f}  distance to the closed form "
            f"{record['gap']:.1e}"
        )
    if record["type"] == "objective":
        return (
            f"J {record['value']:.10f}  β log Z {record['beta_log_z']:.10f}  "
            f"J(ref) {record['value_ref']:.4f}"
        )
    if record["type"] == "unseen":
        return (
            f"{record['features']:6} features  step {record['step']:5}  "
            f"chosen {record['chosen']:.4f}  rejected {record['rejected']:.4f}  "
            f"unseen {record['unseen']:.4f}"
        )
    return ""


def chart(records: Sequence[Record]) -> Chart:
    """Where the probability of the answer goes that no pair has."""
    path = of_type(records, "unseen")
    return Chart(
        "An answer that no pair has",
        "step",
        "its probability",
        tuple(
            Series(
                f"{name} features",
                tuple(
                    (one["step"], one["unseen"])
                    for one in path
                    if one["features"] == name
                ),
            )
            for name in ("own", "shared")
        ),
    )


TABULAR = Run(
    id="tabular",
    title="The closed form, reached by training",
    drop=4,
    text=TEXT,
    settings=(
        Setting("beta", 0.7, "β, the price of a nat of KL", 0.01, 100.0),
        Setting("arms", 5, "answers of the first world", 2, 50),
        Setting("steps", 100, "steps of gradient descent there", 1, 5000),
        Setting("unseen_steps", 2000, "steps in the second world", 1, 5000),
    ),
    questions=(
        Question(
            "gap",
            "After training, how far is the policy from the closed form at most, "
            "in nats of a log-prob?",
            GAP,
        ),
        Question("objective", "What is J of the closed form?", VALUES),
        Question(
            "own",
            "A parameter for each answer: the probability of the one that is in no "
            "pair goes",
            ("up", "down", "same"),
        ),
        Question(
            "shared",
            "Shared features: the probability of the one that is in no pair goes",
            ("up", "down", "same"),
        ),
    ),
    worker="drillbox.reference.worlds_tabular",
    seconds=3.0,
    shows=(
        "DPO on the labels of Bradley and Terry ends at ref · exp(r/β)/Z itself.",
        "The best value of the objective is β log Z, and no policy has more.",
        "The loss says nothing of an answer that is in no pair: where answers share "
        "parameters, it can take all the probability.",
    ),
    happened=happened,
    line=line,
    chart=chart,
)
