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
from drillbox.domain.card import FormulaCard, WrongFormula
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, ExpressionError, parse
from drillbox.domain.stream import Stream
from drillbox.domain.variant import Variant, authored, evaluated, place, written
from drillbox.errors import AnswerError, ContentError
from drillbox.words import N_, _

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
    return f"`{card.goal}`"


def judge(card: FormulaCard, variant: Variant, response: Response) -> Judgement:
    """Right or wrong; AnswerError for what is no expression in the card's names."""
    learner = read(card, text_of(response, _("an expression")))
    right = authored(variant.item, card.goal, "answer")
    points = compared(card, variant, learner, right)
    if all(point.equal for point in points):
        return RIGHT
    wrong = known(card.wrong, points, variant.item)
    if wrong is not None:
        return Judgement("wrong", (wrong.why,), wrong.misconception)
    return Judgement("wrong", apart(learner, right, points, _("the answer")))


def read(card: FormulaCard, text: str) -> Expression:
    """What was typed; AnswerError for what is no expression in the card's names."""
    learner = parse(text)
    for name in sorted(learner.names - set(card.names)):
        said = _("there is no `{name}` here; the names are {names}")
        if name == "e":
            said = _(
                "there is no `{name}` here; the names are {names}; for a power of e "
                "write exp(…)"
            )
        raise AnswerError(said.format(name=name, names=", ".join(card.names)))
    return learner


def compared(
    card: FormulaCard, variant: Variant, learner: Expression, right: Expression
) -> list[Point]:
    """Both at drawn points. AnswerError where what was typed overflows at so many that
    the rest would decide nothing; ContentError where the author's form has no value."""
    points = _points(card, variant, learner, right)
    if len(points) < FEWEST and all(point.equal for point in points):
        said = _(
            "`{formula}` overflows at {n} of {total} points, too many to compare; "
            "write it so that it stays finite, as logsigmoid does"
        )
        n = TRIES - len(points)
        raise AnswerError(said.format(formula=learner.text, n=n, total=TRIES))
    return points


def _points(
    card: FormulaCard, variant: Variant, learner: Expression, right: Expression
) -> list[Point]:
    stream = Stream(variant.seed, "points")
    points: list[Point] = []
    answers = 0
    for _try in range(TRIES):
        at = point_of(variant.item, card, stream)
        wanted = _value(variant.item, right, at)
        answers += math.isfinite(wanted)
        given, extreme = learner.trace(at)
        point = Point(at, given, wanted)
        if math.isfinite(wanted) and (point.equal or not extreme):
            points.append(point)
        if len(points) == POINTS:
            break
    if answers < FEWEST:
        said = _(
            "{place}: answer: `{formula}` is finite at only {n} of {total} points; "
            "give `ranges` or `positive` where it is"
        )
        where = place(variant.item)
        raise ContentError(
            said.format(place=where, formula=right.text, n=answers, total=TRIES)
        )
    return points


def point_of(item: Item, card: FormulaCard, stream: Stream) -> dict[str, float]:
    """A value for each name of the card: drawn, or worked out by `let`."""
    free = [name for name in card.names if name not in card.let]
    at = {name: stream.between(*_bounds(card, name)) for name in free}
    for name, text in card.let.items():
        at[name] = evaluated(item, text, at, f"let.{name}")
    return {name: at[name] for name in card.names}


def _bounds(card: FormulaCard, name: str) -> tuple[float, float]:
    usual = _POSITIVE if name in card.positive else _USUAL
    return card.ranges.get(name, usual)


def _value(item: Item, right: Expression, at: Mapping[str, float]) -> float:
    try:
        return right.evaluate(at)
    except ExpressionError as error:
        said = _("{place}: answer: {why}").format(place=place(item), why=error)
        raise ContentError(said) from None


def _equal(given: float, right: float) -> bool:
    return abs(given - right) <= EQUAL * max(1.0, abs(right))  # never with a nan


# --- how it is wrong -----------------------------------------------------------------


def known(
    wrong: Sequence[WrongFormula], points: Sequence[Point], item: Item
) -> WrongFormula | None:
    """The author's wrong formula that was typed, if it was one of them."""
    for k, one in enumerate(wrong):
        if _is_that(points, authored(item, one.formula, f"wrong.{k}"), item):
            return one
    return None


def apart(
    learner: Expression, right: Expression, points: Sequence[Point], name: str
) -> tuple[str, ...]:
    """How what was typed differs from `right`, which is called `name`."""
    relation = _relation(points, name) or _left_out(learner, right, name)
    counter = _counterexample(points, name)
    return (relation, counter) if relation else (counter,)


def _is_that(points: Sequence[Point], wrong: Expression, item: Item) -> bool:
    """Whether the learner's form equals a wrong one, having no value where it has none.

    Points where the wrong one overflows say nothing either.
    """
    values = [(point.given, _value(item, wrong, point.at)) for point in points]
    told = [(a, b) for a, b in values if not math.isinf(b)]
    equal = [_equal(a, b) for a, b in told if not (math.isnan(a) and math.isnan(b))]
    return len(equal) >= FEWEST and all(equal)


# Translators: {other} is “the answer”, “the right line” or “the line before”.
_RELATIONS: tuple[tuple[Callable[[float], float], str], ...] = (
    (
        lambda a: -a,
        N_("Your form is minus {other} everywhere: only the sign is reversed."),
    ),
    (lambda a: 1 - a, N_("Your form is 1 minus {other} everywhere.")),
    (lambda a: 1 / a, N_("Your form is 1 divided by {other} everywhere.")),
)


def _relation(points: Sequence[Point], name: str) -> str:
    """What the learner's form is to the right one, if it is the same at every point."""
    usable = [p for p in points if p.right != 0]
    if len(usable) < FEWEST:
        return ""
    for relation, text in _RELATIONS:
        if all(_equal(p.given, relation(p.right)) for p in usable):
            return _(text).format(other=name)
    return _constant(usable, name)


def _constant(points: Sequence[Point], name: str) -> str:
    factor = _common([p.given / p.right for p in points])
    if factor and factor != "0":
        times = _("Your form is {n} times {other} everywhere.")
        return times.format(n=factor, other=name)
    offset = _common([p.given - p.right for p in points])
    plus = _("Your form is {other} plus {n} everywhere.")
    return plus.format(other=name, n=offset) if offset else ""


def _common(values: Sequence[float]) -> str:
    first = values[0]
    same = all(math.isclose(v, first, rel_tol=1e-7, abs_tol=1e-12) for v in values)
    return written(first, _DIGITS) if same else ""


def _left_out(learner: Expression, right: Expression, name: str) -> str:
    missing = sorted(right.names - learner.names)
    names = ", ".join(f"`{one}`" for one in missing)
    has = _("{Other} has {names} in it; yours has not.")
    other = name[:1].upper() + name[1:]
    return has.format(Other=other, names=names) if missing else ""


def _counterexample(points: Sequence[Point], name: str) -> str:
    point = next(p for p in points if not p.equal)
    at = ", ".join(f"{one} = {written(x, _DIGITS)}" for one, x in point.at.items())
    digits = _telling(point.given, point.right)
    none, given = _("no number"), written(point.given, digits)
    given = none if math.isnan(point.given) else given
    right = written(point.right, digits)
    said = _("At {at} yours gives {given} and {other} gives {right}.")
    return said.format(at=at, given=given, other=name, right=right)


def _telling(given: float, right: float) -> int:
    """As many significant digits as it takes to tell the two numbers apart."""
    apart = (d for d in range(_DIGITS, 17) if written(given, d) != written(right, d))
    return _DIGITS if math.isnan(given) else next(apart, 17)
