"""What a run is made of: its pairs, its settings, and what the learner reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Move = Literal["up", "down", "flat"]
FLAT = 0.02  # a change of less than this part of the largest one at its step is flat


@dataclass(frozen=True, slots=True)
class Pair:
    """A preference pair of a run.

    pair: its letter. start: the policy it starts from, the reference itself or one
    warmed up before. title, text: for the learner, before anything is predicted.
    bonus: need not be predicted. messages: in place of the texts, part by part, for a
    model that chats: lists of {"role", "content"}.
    """

    pair: str
    title: str
    text: str
    prompt: str
    chosen: str
    rejected: str
    start: Literal["reference", "warm"] = "reference"
    bonus: bool = False
    messages: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class WarmUp:
    """DPO steps of AdamW before the run, on `pairs` (prompt, chosen, rejected).

    size: pairs a step. seed: of the order in which the pairs come.
    """

    pairs: tuple[tuple[str, str, str], ...]
    steps: int
    size: int
    lr: float
    seed: int


@dataclass(frozen=True, slots=True)
class PairRun:
    """A run that can be predicted. drop: where the path has it; text: Markdown.

    course: the id of the course it belongs to. lr: SGD's step size. shows: sentences
    on what it shows, () for pairs that nobody knows.
    """

    id: str
    title: str
    drop: int
    text: str
    pairs: tuple[Pair, ...]
    warm: WarmUp
    beta: float
    lr: float
    steps: int
    course: str = "dpo"
    shows: tuple[str, ...] = ()

    def pair(self, name: str) -> Pair:
        """The pair with this letter; KeyError if there is none."""
        for pair in self.pairs:
            if pair.pair == name:
                return pair
        raise KeyError(name)
