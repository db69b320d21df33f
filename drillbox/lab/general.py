"""What any run is made of: settings, questions to predict, a worker, a comparison.

Such a run is asked about as a whole; the run three-pairs, asked about pair by pair, has
a recipe of its own (recipe.py). A run is a plain value: the
worker is named, not imported, and what happened is read off its records. Its texts and
choices are marked with N_ and go through `_` where they are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drillbox.lab.chart import Chart
from drillbox.words import N_, _

Record = dict[str, Any]
Answer = str | float
Value = int | float | str
WAYS = (N_("up"), N_("down"), N_("same"))


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that may be set. Its kind is that of `default`.

    least, most: the bounds of a number, both allowed. text: what it is, with its unit.
    """

    key: str
    default: Value
    text: str
    least: float = float("-inf")
    most: float = float("inf")


@dataclass(frozen=True, slots=True)
class Question:
    """One quantity to predict. Without choices a number, right if `within` of it."""

    id: str
    text: str
    choices: tuple[str, ...] = ()
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Happened:
    """What a run gave for one question. value: as measured; why: plain text."""

    answer: Answer
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run. drop: where the path has it. text: what is run, read before predicting.

    worker: the module that is started and writes the records, "" where other workers
    are joined (session/runs.py). seconds: what the run may
    take on one thread, without the start of Python. shows: three sentences. happened:
    question ids to what the records say. line: a record as a line of text, "" for none.
    devices: where it can run. compared: texts that the learner may choose between, two
    at a time, as the setting `choices`.
    """

    id: str
    title: str
    drop: int
    text: str
    settings: tuple[Setting, ...]
    questions: tuple[Question, ...]
    worker: str
    seconds: float
    shows: tuple[str, str, str]
    happened: Callable[[Sequence[Record]], Mapping[str, Happened]]
    line: Callable[[Record], str]
    chart: Callable[[Sequence[Record]], Chart]
    devices: tuple[str, ...] = ("cpu",)
    compared: tuple[str, ...] = ()
    course: str = "dpo"


def of_type(records: Sequence[Record], kind: str) -> list[Record]:
    """The records of one type, in their order."""
    return [record for record in records if record["type"] == kind]


def way(change: float, flat: float) -> str:
    """up or down, or same for a change of at most `flat`."""
    up, down, same = WAYS
    if abs(change) <= flat:
        return same
    return up if change > 0 else down


def word(answer: Answer) -> str:
    """An answer as it is shown; what is kept and compared is the answer itself."""
    return _(answer) if isinstance(answer, str) else f"{answer:.4g}"
