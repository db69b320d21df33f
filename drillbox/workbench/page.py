"""A blank page proves itself: its own lines are right, each known error is wrong."""

from collections.abc import Iterator, Sequence

from drillbox.domain.answer import mark
from drillbox.domain.answer.formula import compared
from drillbox.domain.card import FormulaCard
from drillbox.domain.course import Item
from drillbox.domain.expression import parse
from drillbox.domain.variant import Variant
from drillbox.library.marks import Path
from drillbox.words import _
from drillbox.workbench.found import Found, in_card


def unproved(
    item: Item, card: FormulaCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    """What the lines of a page show to be wrong with it."""
    yield from _chain(item, card, variants[0])
    own = [line.answer for line in card.lines]
    for variant in variants:
        verdict = mark(variant, {"lines": own})
        if verdict.outcome != "right":
            what = _("its own lines are not marked right: {why}")
            advice = _("mend the line, `without` or `uses`")
            yield in_card(item, ("lines",), what.format(why=verdict.why[0]), advice)
            return
    for k, line in enumerate(card.lines):
        for j, wrong in enumerate(line.wrong):
            given = [*own[:k], wrong.formula, *own[k + 1 :]]
            if {mark(v, {"lines": given}).outcome for v in variants} != {"wrong"}:
                path: Path = ("lines", k, "wrong", j, "formula")
                what = _("`{text}` is not marked wrong").format(text=wrong.formula)
                advice = _("mend it, or the ranges of its names")
                yield in_card(item, path, what, advice)


def _chain(item: Item, card: FormulaCard, variant: Variant) -> Iterator[Found]:
    """Each line is equal to the line before, but for those that turn."""
    for k in range(1, len(card.lines)):
        before, line = parse(card.lines[k - 1].answer), parse(card.lines[k].answer)
        points = compared(card, variant, line, before)
        equal = all(point.equal for point in points)
        if equal == card.lines[k].turn:
            what = _("line {n} is not equal to line {before}")
            advice = _("mend one, or write `turn: true`")
            if equal:
                what = _("line {n} is equal to line {before}")
                advice = _("leave `turn` out")
            what = what.format(n=k + 1, before=k)
            yield in_card(item, ("lines", k, "answer"), what, advice)
