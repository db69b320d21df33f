"""What is doubtful about the variants of a parametric card: warnings.

Of the 200 variants that lint draws, none should be trivial (its answer 0 or 1), none
out of a learner's reach, and in none should a known wrong formula give the right number
or that of another wrong one, since then it says nothing about the learner.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import isclose, isfinite

from drillbox.domain.answer import mark
from drillbox.domain.answer.formula import compared
from drillbox.domain.answer.numeric import tolerance
from drillbox.domain.card import (
    ChoiceCard,
    DirectionCard,
    Drawing,
    FormulaCard,
    NumericCard,
    WrongFormula,
)
from drillbox.domain.course import Item
from drillbox.domain.expression import parse
from drillbox.domain.variant import Variant, written
from drillbox.library.marks import Path
from drillbox.words import N_, _
from drillbox.workbench.cards import Drawn
from drillbox.workbench.found import Found, in_card

Where = Callable[[Callable[..., bool]], list[int]]
Teller = Callable[..., Iterator[Found]]

ALIKE = 1e-3  # relative; wrong numbers nearer than this are one number
_TRIVIAL = N_("exclude it with `where`, or draw other numbers")
REACH = 4  # significant digits that are handled without a calculator


def doubtful(entry: Drawn) -> Iterator[Found]:
    """Each doubt about the variants of one item, with how many show it and one."""
    item, variants = entry
    match item.card:
        case NumericCard(vars=names) as card if names:
            yield from _numeric(item, card, variants)
        case FormulaCard() as card:
            yield from _alike(item, card, variants[0])
        case ChoiceCard(vars=names) as card if names:
            yield from _choice(item, card, variants)
        case DirectionCard(vars=names) as card if names:
            yield from _direction(item, card, variants)


def _choice(
    item: Item, card: ChoiceCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    right = {mark(variant, {"unknown": True}).answer for variant in variants}
    if len(right) == 1:
        what = _("the right one reads `{text}` in every variant")
        what = what.format(text=right.pop())
        yield in_card(item, ("options",), what, _("draw numbers that change it"))
    if card.answer is not None:
        values = [parse(card.answer).evaluate(variant.values) for variant in variants]
        told = _teller(item, card, variants)
        for trivial in (0.0, 1.0):
            some = [k for k, x in enumerate(values) if abs(x - trivial) <= 1e-9]
            yield from told(("answer",), _is(trivial), _(_TRIVIAL), some)


def _is(trivial: float) -> str:
    """With what the teller fills."""
    said = _("is 1 in {n} of {all} variants, as for {values}")
    return said if trivial else _("is 0 in {n} of {all} variants, as for {values}")


def _direction(
    item: Item, card: DirectionCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    ways = [_ways(variant) for variant in variants]
    for k, quantity in enumerate(card.quantities):
        found = {way[k] for way in ways}
        if quantity.change is not None and len(found) == 1:
            what = _("is `{way}` in every variant").format(way=found.pop())
            advice = _("draw numbers that turn it round")
            yield in_card(item, ("quantities", k, "change"), what, advice)
    still = [k for k, way in enumerate(ways) if set(way) == {"same"}]
    what = _("all stay the same in {n} of {all} variants, as for {values}")
    told = _teller(item, card, variants)
    yield from told(("quantities",), what, _(_TRIVIAL), still)


def _ways(variant: Variant) -> list[str]:
    card = variant.item.card
    assert isinstance(card, DirectionCard)
    return [quantity.way for quantity in card.quantities]


def _numeric(
    item: Item, card: NumericCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    def values(text: str) -> list[float]:
        return [parse(text).evaluate(variant.values) for variant in variants]

    right = values(card.answer)
    wrong = [values(one.formula) for one in card.wrong]

    def where(test: Callable[..., bool]) -> list[int]:
        return [k for k in range(len(variants)) if isfinite(right[k]) and test(k)]

    told = _teller(item, card, variants)
    for trivial in (0.0, 1.0):
        some = where(lambda k, t=trivial: abs(right[k] - t) <= 1e-9)
        yield from told(("answer",), _is(trivial), _(_TRIVIAL), some)
    if not card.calculator:
        far = where(lambda k: _is_far(card, variants[k], right[k]))
        advice = _("draw shorter numbers, widen `tolerance`, or say `calculator: true`")
        what = _(
            "takes more than {digits} digits in {n} of {all} variants, as for {values}"
        )
        yield from told(("answer",), what, advice, far, digits=REACH)
    yield from _same(card, right, wrong, where, told)


def _teller(item: Item, card: Drawing, variants: Sequence[Variant]) -> Teller:
    """Says a doubt with the number of variants that show it, and the first of them."""

    def told(
        path: Path, what: str, instead: str, of: list[int], **more: object
    ) -> Iterator[Found]:
        if of:
            drawn = variants[of[0]].values
            shown = ", ".join(f"{n} = {written(drawn[n], 6)}" for n in card.vars)
            said = what.format(n=len(of), all=len(variants), values=shown, **more)
            yield in_card(item, path, said, instead)

    return told


def _same(
    card: NumericCard,
    right: list[float],
    wrong: list[list[float]],
    where: Where,
    told: Teller,
) -> Iterator[Found]:
    for j, one in enumerate(wrong):
        some = where(
            lambda k, one=one: abs(one[k] - right[k]) <= tolerance(card, right[k])
        )
        advice = _("exclude them with `where`")
        what = _("gives the right answer in {n} of {all} variants, as for {values}")
        yield from told(("wrong", j, "formula"), what, advice, some)
    for i, j in combinations(range(len(wrong)), 2):
        if _one_belief(card.wrong[i], card.wrong[j]):
            continue
        some = where(
            lambda k, a=wrong[i], b=wrong[j]: isclose(a[k], b[k], rel_tol=ALIKE)
        )
        what = _(
            "gives the number of `{text}` in {n} of {all} variants, as for {values}"
        )
        advice = _("exclude them with `where`, or drop one")
        text = card.wrong[i].formula
        yield from told(("wrong", j, "formula"), what, advice, some, text=text)


def _one_belief(one: WrongFormula, other: WrongFormula) -> bool:
    """Two formulas of one misconception need not be told apart."""
    return one.misconception is not None and one.misconception == other.misconception


def _is_far(card: NumericCard, variant: Variant, right: float) -> bool:
    """Whether a number that is drawn, or the answer as exactly as it is wanted, has
    more digits than one handles without a calculator."""
    if any(_digits(variant.values[name]) > REACH for name in card.vars):
        return True
    wanted = float(f"{right:.{REACH}g}")
    return abs(wanted - right) > tolerance(card, right)


def _digits(value: float) -> int:
    """Significant ones; the zeros at the end of 7,000,000 are none."""
    plain = written(value).lstrip("-").split("e")[0].replace(".", "")
    return len(plain.strip("0"))


def _alike(item: Item, card: FormulaCard, variant: Variant) -> Iterator[Found]:
    for i, j in combinations(range(len(card.wrong)), 2):
        one, other = (parse(card.wrong[k].formula) for k in (i, j))
        points = compared(card, variant, other, one)
        if all(point.equal for point in points):
            what = _("is the same as `{text}`").format(text=card.wrong[i].formula)
            yield in_card(item, ("wrong", j, "formula"), what, _("drop one"))
