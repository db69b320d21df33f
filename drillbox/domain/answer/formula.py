"""`formula`: {"text": an expression}, right if it equals the answer at drawn points.

Points are drawn from the card's ranges (−3…3, positive names 0.05…3). Equal: within
1e-9 relative to max(1, |answer|). A nan is never equal. A point where the learner's
form differs after a step past the range of doubles (overflow, underflow) says nothing
about the form and is drawn again.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drillbox.domain.answer.response import Response, text_of
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import FormulaCard
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, ExpressionError, parse
from drillbox.domain.stream import Stream
from drillbox.domain.variant import Variant, authored, place, written
from drillbox.errors import AnswerError, ContentError

POINTS = 64
FEWEST = 16  # points at which two forms must agree before they count as equal
TRIES = 10 * POINTS
EQUAL = 1e-9
_USUAL = (-3.0, 3.0)
_POSITIVE = (0.05, 3.0)
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """Where the forms are compared. given: the learner's value, right: the answer's."""

    at: Mapping[str, float]
    given: float
    right: float

    @property
    def equal(self) -> bool:
        """Whether the learner's value is the answer's."""
        return _equal(self.given, self.right)


def answer(card: FormulaCard) -> str:
    """The author's form, as code."""
    return f"`{card.answer}`"


def judge(card: FormulaCard, variant: Variant, response: Response) -> Judgement:
    """Right or wrong; AnswerError for what is no expression in the card's names."""
    learner = _read(card, text_of(response, "an expression"))
    right = authored(variant.item, card.answer, "answer")
    points = _points(card, variant, learner, right)
    different = [point for point in points if not point.equal]
    if different:
        return _wrong(card, variant.item, learner, right, points)
    if len(points) < FEWEST:
        raise AnswerError(
            f"`{learner.text}` overflows at {TRIES - len(points)} of {TRIES} points, "
            "too many to compare; write it so that it stays finite, as logsigmoid does"
        )
    return RIGHT


def _read(card: FormulaCard, text: str) -> Expression:
    learner = parse(text)
    for name in sorted(learner.names - set(card.names)):
        euler = name == "e" and "; for a power of e write exp(…)"
        raise AnswerError(
            f"there is no `{name}` here; the names are {', '.join(card.names)}"
            f"{euler or ''}"
        )
    return learner


def _points(
    card: FormulaCard, variant: Variant, learner: Expression, right: Expression
) -> list[Point]:
    stream = Stream(variant.seed, "points")
    points: list[Point] = []
    answers = 0
    for _ in range(TRIES):
        at = {name: stream.between(*_bounds(card, name)) for name in card.names}
        wanted = _value(variant.item, right, at)
        answers += math.isfinite(wanted)
        given, extreme = learner.trace(at)
        point = Point(at, given, wanted)
        if math.isfinite(wanted) and (point.equal or not extreme):
            points.append(point)
        if len(points) == POINTS:
            break
    if answers < FEWEST:
        raise ContentError(
            f"{place(variant.item)}: answer: `{card.answer}` is finite at only "
            f"{answers} of {TRIES} points; give `ranges` or `positive` where it is"
        )
    return points


def _bounds(card: FormulaCard, name: str) -> tuple[float, float]:
    usual = _POSITIVE if name in card.positive else _USUAL
    return card.ranges.get(name, usual)


def _value(item: Item, right: Expression, at: Mapping[str, float]) -> float:
    try:
        return right.evaluate(at)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: answer: {error}") from None


def _equal(given: float, right: float) -> bool:
    return abs(given - right) <= EQUAL * max(1.0, abs(right))  # never with a nan


# --- how it is wrong -----------------------------------------------------------------


def _wrong(
    card: FormulaCard,
    item: Item,
    learner: Expression,
    right: Expression,
    points: Sequence[Point],
) -> Judgement:
    for k, wrong in enumerate(card.wrong):
        if _is_that(points, authored(item, wrong.formula, f"wrong.{k}"), item):
            return Judgement("wrong", (wrong.why,), wrong.misconception)
    relation = _relation(points) or _left_out(learner, right)
    counter = _counterexample(points)
    return Judgement("wrong", (relation, counter) if relation else (counter,))


def _is_that(points: Sequence[Point], wrong: Expression, item: Item) -> bool:
    """Whether the learner's form equals a wrong one, having no value where it has none.

    Points where the wrong one overflows say nothing either.
    """
    values = [(point.given, _value(item, wrong, point.at)) for point in points]
    told = [(a, b) for a, b in values if not math.isinf(b)]
    equal = [_equal(a, b) for a, b in told if not (math.isnan(a) and math.isnan(b))]
    return len(equal) >= FEWEST and all(equal)


_RELATIONS: tuple[tuple[Callable[[float], float], str], ...] = (
    (lambda a: -a, "minus the answer everywhere: only the sign is reversed"),
    (lambda a: 1 - a, "1 minus the answer everywhere"),
    (lambda a: 1 / a, "1 divided by the answer everywhere"),
)


def _relation(points: Sequence[Point]) -> str:
    """What the learner's form is to the answer, if it is the same at every point."""
    usable = [p for p in points if p.right != 0]
    if len(usable) < FEWEST:
        return ""
    for relation, text in _RELATIONS:
        if all(_equal(p.given, relation(p.right)) for p in usable):
            return f"Your form is {text}."
    return _constant(usable)


def _constant(points: Sequence[Point]) -> str:
    factor = _common([p.given / p.right for p in points])
    if factor and factor != "0":
        return f"Your form is {factor} times the answer everywhere."
    offset = _common([p.given - p.right for p in points])
    return f"Your form is the answer plus {offset} everywhere." if offset else ""


def _common(values: Sequence[float]) -> str:
    first = values[0]
    same = all(math.isclose(v, first, rel_tol=1e-7, abs_tol=1e-12) for v in values)
    return written(first, _DIGITS) if same else ""


def _left_out(learner: Expression, right: Expression) -> str:
    missing = sorted(right.names - learner.names)
    names = ", ".join(f"`{name}`" for name in missing)
    return f"The answer has {names} in it; yours has not." if missing else ""


def _counterexample(points: Sequence[Point]) -> str:
    point = next(p for p in points if not p.equal)
    at = ", ".join(f"{name} = {written(x, _DIGITS)}" for name, x in point.at.items())
    digits = _telling(point.given, point.right)
    given = "no number" if math.isnan(point.given) else written(point.given, digits)
    right = written(point.right, digits)
    return f"At {at} yours gives {given} and the answer gives {right}."


def _telling(given: float, right: float) -> int:
    """As many significant digits as it takes to tell the two numbers apart."""
    apart = (d for d in range(_DIGITS, 17) if written(given, d) != written(right, d))
    return _DIGITS if math.isnan(given) else next(apart, 17)
