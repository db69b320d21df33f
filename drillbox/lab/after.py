"""After a run of pairs: a fresh Adam, and one batch of all pairs, asked and then run.

Both take the step size of the run. Under Adam each pair starts where it started in the
run; the batch starts from the reference, where every weight is ½, and its loss is the
mean over its pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from drillbox.lab.compare import changes, move
from drillbox.lab.predict import MOVES
from drillbox.lab.recipe import FLAT, Move
from drillbox.lab.run import LabError, Record
from drillbox.words import N_, _

TOLD = 3  # steps of a path: 0, 1 and the last
QUESTIONS = {
    "adam": ("C", 1, N_("A fresh Adam, first step: log π(rejected) of C")),
    "joint": ("B", 0, N_("A, B, C in one batch, first step: log π(chosen) of B")),
}
TEXT = N_(
    "Two more runs, at the same step size. Adam trains each pair "
    "alone, from where it started; the batch starts from the "
    "reference. Flat is held against the largest change of each run."
)
NAMES = {
    "adam": N_("Adam, each pair alone"),
    "joint": N_("SGD, A, B and C in one batch"),
}
WHY = {
    "adam": (
        N_(
            "Adam divides each entry of the gradient by its own size, so a "
            "fresh Adam moves the saturated pair about as far as any other"
        )
    ),
    "joint": (
        N_(
            "the step is the mean of three steps on the same parameters, so "
            "each pair gets a third of its own pull and what the others do to "
            "it"
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one question and what happened; value in nats."""

    way: str
    said: Move
    happened: Move
    value: float


def read(data: Any) -> dict[str, Move]:
    """{"adam": "up", "joint": "down"}, from JSON; LabError."""
    if not isinstance(data, Mapping) or data.keys() != QUESTIONS.keys():
        said = _("after is a JSON object {example}")
        raise LabError(said.format(example='{"adam": "up", "joint": "down"}'))
    for way, one in data.items():
        if one not in MOVES:
            none = _("after, {way}: {move} is no move; write up, down or flat")
            raise LabError(none.format(way=way, move=repr(one)))
    return dict(data)


def told(answers: Sequence[Answer]) -> Record:
    """The verdict for `--json`."""
    results = [
        asdict(one) | {"right": one.said == one.happened, "why": _(WHY[one.way])}
        for one in answers
    ]
    return {"type": "after", "results": results}


def body(said: Mapping[str, Move]) -> dict[str, Any]:
    """What the log keeps."""
    return {"round": "after", "predictions": dict(said)}


def paths(records: Sequence[Record], way: str) -> dict[str, list[Record]]:
    """Of one way, by pair: the log-probs at step 0, at step 1 and at the last step."""
    found: dict[str, list[Record]] = {}
    for record in records:
        if record["type"] == "other" and record["way"] == way:
            found.setdefault(record["pair"], []).append(record)
    return found


def judge(said: Mapping[str, Move], records: Sequence[Record]) -> list[Answer]:
    """Hold what was said against the first steps; flat as in the run itself."""
    answers = []
    for way, one in said.items():
        pair, side, _text = QUESTIONS[way]
        first = {name: changes(path, 1) for name, path in paths(records, way).items()}
        least = FLAT * max(abs(change) for both in first.values() for change in both)
        value = first[pair][side]
        answers.append(Answer(way, one, move(value, least), value))
    return answers


def table(records: Sequence[Record]) -> list[str]:
    """The changes of both log-probs since step 0, after step 1 and at the end."""
    lines = []
    for way, name in NAMES.items():
        found = {k: p for k, p in paths(records, way).items() if len(p) == TOLD}
        if not found:
            continue  # it has not come so far
        last = next(iter(found.values()))[-1]["step"]
        lines.append(
            _("{name}: change after step 1 and after step {last}, nats").format(
                name=_(name), last=last
            )
        )
        for pair, path in found.items():
            first, end = (
                " ".join(f"{x:+z9.5f}" for x in changes(path, at)) for at in (1, -1)
            )
            lines.append(
                _("   {pair}   chosen, rejected {first}   {end}").format(
                    pair=pair, first=first, end=end
                )
            )
    return lines
