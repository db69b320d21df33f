"""How sure a learner is, and how well that agrees with how often they are right.

Every third choice, numeric and direction card asks, counted over the answers given, so
that undo asks the same again. The scale is that of the runs: from 0.5, a guess, to 1,
certain. The score is Brier's (1950), the mean of (confidence − right)², in three bands.
The directions of a run are one of three, so there it is his score over three outcomes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drillbox.words import N_

KINDS = frozenset({"choice", "numeric", "direction"})
EVERY = 3
SHOWN_FROM = 60  # answers with a confidence; fewer say nothing
_BANDS = (
    (N_("a guess"), 0.5, 0.65),
    (N_("fairly sure"), 0.65, 0.85),
    (N_("sure"), 0.85, 1.01),
)


@dataclass(frozen=True)
class Band:
    """What was said in one band. name: in English, marked for translation; said: the
    mean confidence; right: the share of right answers; count: of answers, never 0."""

    name: str
    said: float
    right: float
    count: int


@dataclass(frozen=True)
class Calibration:
    """count: answers with a confidence; brier: their score, 0 is perfect and always
    saying 0.5 gives 0.25."""

    count: int
    brier: float
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class ThreeWay:
    """count: directions predicted with a confidence; brier: their three-way score."""

    count: int
    brier: float


def asks(given: int, kind: str) -> bool:
    """Whether the next card, of this kind, asks how sure the learner is.

    given: answers to cards of such kinds so far, in the whole course.
    """
    return kind in KINDS and given % EVERY == EVERY - 1


def calibration(answers: Iterable[tuple[float, bool]]) -> Calibration | None:
    """Of pairs (confidence, whether the answer was right); None without any."""
    pairs = list(answers)
    if not pairs:
        return None
    brier = sum((sure - right) ** 2 for sure, right in pairs) / len(pairs)
    bands = (_band(name, pairs, low, high) for name, low, high in _BANDS)
    return Calibration(len(pairs), brier, tuple(b for b in bands if b is not None))


def three_way(answers: Iterable[tuple[float, bool]]) -> ThreeWay:
    """Of pairs (confidence in the direction that was said, whether it was right).

    What is left of the confidence goes to the other two in equal parts. Brier (1950):
    the mean of Σ (probability − happened)² over up, down and flat: 0 is perfect, a
    third for each gives 2/3, being sure and wrong 2. ValueError without any.
    """
    pairs = list(answers)
    if not pairs:
        raise ValueError("no answers")
    return ThreeWay(len(pairs), sum(_loss(*one) for one in pairs) / len(pairs))


def _loss(sure: float, right: bool) -> float:
    other = (1 - sure) / 2
    if right:
        return (1 - sure) ** 2 + 2 * other**2
    return sure**2 + (1 - other) ** 2 + other**2


def _band(
    name: str, pairs: Sequence[tuple[float, bool]], low: float, high: float
) -> Band | None:
    mine = [(sure, right) for sure, right in pairs if low <= sure < high]
    if not mine:
        return None
    said = sum(sure for sure, _right in mine) / len(mine)
    return Band(name, said, sum(right for _sure, right in mine) / len(mine), len(mine))
