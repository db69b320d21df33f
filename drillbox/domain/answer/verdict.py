"""What marking an answer gives, and the quality that each outcome proposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["right", "close", "wrong", "unknown", "ungraded"]

QUALITY: Mapping[Outcome, int | None] = {
    "right": 4,
    "close": 2,
    "wrong": 1,
    "unknown": 0,
    "ungraded": None,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One card kind's opinion of a response.

    why: what was wrong with what was given, Markdown; never empty for close and wrong.
    misconception: the id of the wrong belief that it shows.
    """

    outcome: Outcome
    why: tuple[str, ...] = ()
    misconception: str | None = None


RIGHT = Judgement("right")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement with what the learner is shown next to it.

    quality: proposed, before hint and time count; None where nothing is graded.
    answer: the right answer for this variant. explain: the card's own explanation.
    All text is Markdown with the variant's numbers filled in.
    """

    outcome: Outcome
    quality: int | None
    answer: str
    why: tuple[str, ...]
    explain: str
    misconception: str | None
