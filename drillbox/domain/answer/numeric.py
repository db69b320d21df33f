"""`numeric`: {"text": a number}, as people type it.

Right: |given − answer| ≤ max(absolute, relative·|answer|). Close: the right sign and
within five times that, or a slip of rounding or of the decimal point. A wrong formula
of the author's is known by its value; any other wrong number is held against the
slips people make.
"""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from operator import mul

from drillbox.domain.answer.response import Response, text_of
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import NumericCard, WrongFormula
from drillbox.domain.expression import parse
from drillbox.domain.variant import Variant, evaluated, worked, written
from drillbox.errors import AnswerError
from drillbox.words import N_, _, ngettext

DIGITS = 6  # significant ones on screen; 4 where the tolerance is coarser
CLOSE = 5  # tolerances
_SLACK = 1e-12  # of the answer; the last bits of a double are nobody's mistake
_WIDEST = 0.05  # of the answer: a lax card does not make everything close
_SLIP = 0.005  # relative; how well a known slip has to fit
_MOST_ROUNDED = 0.1  # 0.3 for 0.26 is a guess and no longer rounding


def answer(card: NumericCard, variant: Variant) -> str:
    """The number, and its unit."""
    return _shown(card, _right(card, variant))


def _shown(card: NumericCard, right: float) -> str:
    number = _rounded(right, DIGITS if card.tolerance.relative < 1e-3 else 4)
    return f"{number} {card.unit}" if card.unit else number


def _rounded(value: float, digits: int) -> str:
    """`value` with so many significant digits, and every one before the point."""
    before = math.ceil(math.log10(abs(value) + 1))
    return written(value, max(digits, before))


def judge(card: NumericCard, variant: Variant, response: Response) -> Judgement:
    """Judge what was typed; AnswerError if it is no number."""
    given = _number(text_of(response, _("a number such as 0.31")), card.unit)
    right = _right(card, variant)
    if abs(given - right) <= tolerance(card, right):
        return RIGHT
    formula = _known(card, variant, given)
    if formula:
        return Judgement("wrong", (formula.why,), formula.misconception)
    return _unexplained(card, given, right)


def _right(card: NumericCard, variant: Variant) -> float:
    return worked(variant.item, card.answer, variant.values, "answer")


def tolerance(card: NumericCard, right: float) -> float:
    """How far from `right` an answer may be and is right all the same."""
    allowed = max(card.tolerance.absolute, card.tolerance.relative * abs(right))
    return allowed * (1 + 1e-9) + max(_SLACK * abs(right), 1e-300)


def _known(card: NumericCard, variant: Variant, given: float) -> WrongFormula | None:
    """The author's wrong formula that gives this number, and in this variant a wrong
    one; the nearest if there are several."""
    right, found = _right(card, variant), []
    for k, wrong in enumerate(card.wrong):
        value = evaluated(variant.item, wrong.formula, variant.values, f"wrong.{k}")
        near = math.isfinite(value) and abs(given - value) <= tolerance(card, value)
        if near and abs(value - right) > tolerance(card, right):
            found.append((abs(given - value), k))
    return card.wrong[min(found)[1]] if found else None


# --- a wrong number that no formula explains -----------------------------------------

_SLIPS: tuple[tuple[Callable[[float], float], str], ...] = (
    (
        lambda a: -a,
        N_("Yours is minus the answer: the sign is reversed and the rest is right."),
    ),
    (lambda a: 2 * a, N_("Yours is twice the answer: a factor of 2 came in.")),
    (lambda a: a / 2, N_("Yours is half the answer: a factor of 2 was lost.")),
    (
        lambda a: 1 - a,
        N_("Yours is 1 minus the answer: what belongs to the other case."),
    ),
    (
        lambda a: 1 / a,
        N_("Yours is 1 divided by the answer: the fraction is upside down."),
    ),
    (math.exp, N_("Yours is exp of the answer: the logarithm is missing.")),
    (
        lambda a: math.exp(-a),
        N_("Yours is exp of minus the answer: the −log is missing."),
    ),
    (math.log, N_("Yours is log of the answer: one logarithm too many.")),
    (
        lambda a: -math.log(a),
        N_("Yours is −log of the answer: one logarithm too many."),
    ),
)


def _unexplained(card: NumericCard, given: float, right: float) -> Judgement:
    off = _("You gave {given}; the answer is {right}: {how}.").format(
        given=_rounded(given, DIGITS),
        right=_shown(card, right),
        how=_off(given, right),
    )
    places = _decimal_places_off(given, right)
    if places:
        return Judgement("close", (off, _point_off(places)))
    if _is_near(card, given, right):
        return Judgement("close", (off, _("The way is right; look at the rounding.")))
    slip = next((text for f, text in _SLIPS if _is_slip(given, right, f)), None)
    return Judgement("wrong", (off,) if slip is None else (off, _(slip)))


def _point_off(places: int) -> str:
    return ngettext(
        "The decimal point is one place off.",
        "The decimal point is {n} places off.",
        places,
    ).format(n=places)


def _off(given: float, right: float) -> str:
    by = _("off by {n}").format(n=written(abs(given - right), 2))
    if right == 0 or given == 0:
        return by
    if (given < 0) is not (right < 0):
        return _("the sign is the other one")
    ratio = given / right
    if not 1e-300 < ratio < 1e300:  # beyond what a float can say of it
        return by
    if ratio >= 2:
        return _("yours is {n} times the answer").format(n=written(ratio, 2))
    if ratio <= 0.5:
        return _("the answer is {n} times yours").format(n=written(1 / ratio, 2))
    large, small = _("{n}% too large"), _("{n}% too small")
    percent = written(abs(ratio - 1) * 100, 2)
    return (large if ratio > 1 else small).format(n=percent)


def _decimal_places_off(given: float, right: float) -> int:
    """By how many places the decimal point is off, 0 if that is not it."""
    for places in (1, 2, 3):
        for power in (10.0**places, 10.0**-places):
            if _is_slip(given, right, partial(mul, power)):
                return places
    return 0


def _is_near(card: NumericCard, given: float, right: float) -> bool:
    if given * right < 0 or (given == 0) != (right == 0):
        return False
    off = abs(given - right)
    limit = CLOSE * min(tolerance(card, right), _WIDEST * abs(right))
    return off <= limit or _is_rounded(given, right)


def _is_rounded(given: float, right: float) -> bool:
    """Whether `given` is the answer with fewer digits, and not too few."""
    places = -int(Decimal(repr(given)).normalize().as_tuple().exponent)
    rounded = math.isclose(round(right, places), given, rel_tol=_SLACK)
    return rounded and abs(given - right) <= _MOST_ROUNDED * abs(right)


def _is_slip(given: float, right: float, slip: Callable[[float], float]) -> bool:
    try:
        return right != 0 and math.isclose(given, slip(right), rel_tol=_SLIP)
    except (ValueError, OverflowError, ZeroDivisionError):
        return False  # this slip cannot be made with this answer


# --- reading a number ----------------------------------------------------------------

_NUMBER_AND_WORD = re.compile(
    r"([-+−]?[\d.]+(?:[eE][-+−]?\d+)?)\s*(?![eE][-+−]?\d)([^\W\d_].*|%)"
)
_BETWEEN = re.compile(r"[ '’\u00a0\u2009\u202f]")
_THOUSANDS = re.compile(
    r"[-+−]?\d{1,3}(?:(?:[ '’\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|(?:\.\d{3}){2,})"
)
_WORDS = re.compile(r"[^\W\d_]+(?:[\s.!?]+[^\W\d_]+)*[\s.!?]*")


def _number(typed: str, unit: str | None) -> float:
    text = _without_unit(typed.lstrip("=≈~ "), unit)
    if not text:
        none = _("`{typed}` has no number in it; type one, such as 0.31")
        raise AnswerError(none.format(typed=typed))
    if _THOUSANDS.fullmatch(text):
        whole = _BETWEEN.sub("", text)
        whole = whole.replace(".", "") if whole.count(".") > 1 else whole
        said = _("`{typed}`: write nothing between thousands: {number}")
        raise AnswerError(said.format(typed=text, number=whole))
    if "," in text and "(" not in text:
        raise AnswerError(_without_comma(text))
    worded = _NUMBER_AND_WORD.fullmatch(text)
    if worded:
        raise AnswerError(_foreign_unit(worded[1], worded[2], unit))
    return _worked_out(text)


def _without_comma(text: str) -> str:
    whole, decimal = text.replace(",", ""), text.replace(",", ".")
    if text.count(",") > 1 or "." in text:
        said = _("`{typed}` has a comma; write nothing between thousands: {number}")
        return said.format(typed=text, number=whole)
    if re.search(r"\d,\d{3}\b", text):
        either = _(
            "`{typed}` has a comma; write a point for decimals: {decimal}, or nothing "
            "for thousands: {number}"
        )
        return either.format(typed=text, decimal=decimal, number=whole)
    point = _("`{typed}` has a comma; write a point for decimals: {decimal}")
    return point.format(typed=text, decimal=decimal)


def _foreign_unit(number: str, word: str, unit: str | None) -> str:
    if unit:
        other = _("`{word}` is not the unit here; give the number in {unit}")
        return other.format(word=word, unit=unit)
    if word == "%":
        percent = _("write per cent as a plain number: {number}/100")
        return percent.format(number=number)
    none = _("this number has no unit; write {number} alone, without `{word}`")
    return none.format(number=number, word=word)


def _worked_out(text: str) -> float:
    none = _("`{typed}` is no number; type one, such as 0.31 or 3/4")
    if _WORDS.fullmatch(text):
        raise AnswerError(none.format(typed=text))
    expression = parse(text)
    for name in sorted(expression.names):
        raise AnswerError(none.format(typed=name))
    value = expression.evaluate({})
    if not math.isfinite(value):
        endless = _("`{typed}` is no finite number; type one, such as 0.31")
        raise AnswerError(endless.format(typed=text))
    return value


def _without_unit(text: str, unit: str | None) -> str:
    """The text without the card's unit at its end, in the singular or plural."""
    if unit is None:
        return text
    plain = unit.strip("$").strip()
    spellings = {unit, plain, plain + "s", plain.removesuffix("s")} - {""}
    for spelling in sorted(spellings, key=len, reverse=True):
        if text.casefold().endswith(spelling.casefold()):
            return text[: -len(spelling)].strip()
    return text
