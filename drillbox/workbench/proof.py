"""A card proves itself: what it calls right is marked right, what it calls wrong wrong.

The marks are those that a learner gets, from domain/answer, so a rounding, a spelling
or a tolerance that makes a known error right is found before a learner finds it.
"""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from drillbox.domain.answer import Verdict, mark
from drillbox.domain.card import (
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    SpotCard,
)
from drillbox.domain.course import Item
from drillbox.domain.expression import parse
from drillbox.domain.variant import Variant, worked
from drillbox.errors import AnswerError, ContentError
from drillbox.library.marks import Path
from drillbox.words import _
from drillbox.workbench import page
from drillbox.workbench.found import Found, in_card, refused

FEW = 5  # variants of a card whose question does not depend on its numbers
SOME = 40  # variants that tell whether an error is right as a rule
MOST = 0.75  # an error may give the right answer by chance (a clip), not as a rule


def unproved(item: Item, variants: Sequence[Variant]) -> Iterator[Found]:
    """What a card's own answers show to be wrong with it."""
    card = item.card
    try:
        match card:
            case NumericCard():
                yield from _numeric(item, card, variants)
            case FormulaCard(lines=[_, *_]):
                yield from page.unproved(item, card, variants[:FEW])
            case FormulaCard():
                yield from _formula(item, card, variants[:FEW])
            case ClozeCard():
                yield from _cloze(item, card, variants[0])
            case _:
                yield from _others(item, variants[:FEW])
    except (AnswerError, ContentError) as error:
        yield refused(item, error)


def _typed(variant: Variant, text: str) -> Verdict:
    return mark(variant, {"text": text})


def _numeric(
    item: Item, card: NumericCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    for variant in variants:
        own = repr(worked(item, card.answer, variant.values, "answer"))
        if _typed(variant, own).outcome != "right":
            what = _("the answer {own} is not marked right").format(own=own)
            yield in_card(item, ("answer",), what, _("mend `answer` or `tolerance`"))
            return
    some = variants[:SOME]
    for k, wrong in enumerate(card.wrong):
        values = [parse(wrong.formula).evaluate(variant.values) for variant in some]
        finite = [
            (v, repr(x)) for v, x in zip(some, values, strict=True) if isfinite(x)
        ]
        right = sum(_typed(v, text).outcome == "right" for v, text in finite)
        if not finite:
            what = _("has no finite value in any variant")
            yield in_card(item, ("wrong", k, "formula"), what, _("mend it, or drop it"))
        if right > MOST * len(some):
            what = _("is marked right in {some} of {n} variants")
            what = what.format(some=right, n=len(some))
            advice = _("exclude them by where")
            yield in_card(item, ("wrong", k, "formula"), what, advice)


def _formula(
    item: Item, card: FormulaCard, variants: Sequence[Variant]
) -> Iterator[Found]:
    texts: list[tuple[Path, str]] = [(("answer",), card.goal)]
    texts += [(("wrong", k, "formula"), w.formula) for k, w in enumerate(card.wrong)]
    for path, text in texts:
        right = {_typed(variant, text).outcome == "right" for variant in variants}
        if right != {path == ("answer",)}:
            advice = _("mend it, or the ranges that its names are drawn from")
            what = _("`{text}` is marked the other way").format(text=text)
            yield in_card(item, path, what, advice)


def _cloze(item: Item, card: ClozeCard, variant: Variant) -> Iterator[Found]:
    name = item.blank or ""
    blank = card.blanks[name]
    at: Path = ("blanks", name)
    for k, text in enumerate((blank.answer, *blank.accept)):
        path = (*at, "accept", k - 1) if k else (*at, "answer")
        if _typed(variant, text).outcome != "right":
            what = _("`{text}` is not marked right").format(text=text)
            yield in_card(item, path, what, _("spell it out"))
    for k, word in enumerate(blank.wrong):
        if _typed(variant, word.text).outcome == "right":
            what = _("`{text}` is read as one of the right answers")
            what = what.format(text=word.text)
            yield in_card(item, (*at, "wrong", k), what, _("leave one of the two out"))


def _others(item: Item, variants: Sequence[Variant]) -> Iterator[Found]:
    for variant in variants:
        response = _own(variant.item)
        if response and mark(variant, response).outcome != "right":
            yield in_card(item, (), _("its own answer is not marked right"))
            return


def _own(item: Item) -> dict[str, Any]:
    """The right response to a card that is answered by picking; {} if it is not."""
    match item.card:
        case ChoiceCard() as card:
            return {"options": [k for k, o in enumerate(card.options) if o.right]}
        case OrderCard() as card:
            return {"steps": list(range(len(card.steps)))}
        case DirectionCard() as card:
            moves = [quantity.way for quantity in card.quantities]
            return {"moves": moves, "confidence": 1.0}
        case SpotCard() as card:
            return {"line": card.line}
    return {}
