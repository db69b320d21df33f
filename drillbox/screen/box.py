"""Which widget a card is answered in, and how the bar says it."""

from collections.abc import Iterator

from textual.widget import Widget

from drillbox.domain.card import (
    ChoiceCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    SpotCard,
)
from drillbox.domain.variant import Variant
from drillbox.screen.answers import (
    Directions,
    InOrder,
    OneLine,
    OneOf,
    SeveralOf,
    Typed,
)
from drillbox.screen.blank_page import BlankPage
from drillbox.screen.inline import inline
from drillbox.words import N_, _

HOW = {  # shown through `_`
    "choice": N_("one is right"),
    "numeric": N_("type a number"),
    "formula": N_("type a formula"),
    "cloze": N_("type what stands in the gap"),
    "order": N_("put the steps in order"),
    "direction": N_("which way does each go?"),
    "spot": N_("which line is wrong?"),
    "recall": N_("say it in your own words"),
}
SHORTEST = N_("? if you do not know")  # what to type stands in the bar, too


def several(variant: Variant) -> bool:
    """Are several options right?"""
    card = variant.item.card
    return isinstance(card, ChoiceCard) and sum(o.right for o in card.options) > 1


def how(variant: Variant) -> str:
    """What to do, in a few words."""
    card = variant.item.card
    if isinstance(card, FormulaCard) and card.lines:
        return _("a blank page: type every line")
    return _("tick all that are right") if several(variant) else _(HOW[card.kind])


def box(variant: Variant, sure: bool = False) -> Widget:
    """The widget in which this question is answered. sure: it asks how sure, too."""
    card = variant.item.card
    if isinstance(card, ChoiceCard):
        texts = [inline(card.options[k].text) for k in variant.order]
        kind = SeveralOf if several(variant) else OneOf
        return kind(variant.order, texts)
    if isinstance(card, OrderCard):
        steps = [inline(card.steps[k].text) for k in variant.order]
        return InOrder(variant.order, steps)
    if isinstance(card, DirectionCard):
        texts = [inline(quantity.text) for quantity in card.quantities]
        return Directions(texts, sure)
    if isinstance(card, SpotCard):
        return OneLine(card.code.rstrip("\n").split("\n"))
    if isinstance(card, FormulaCard) and card.lines:
        return BlankPage(card)
    if isinstance(card, FormulaCard):
        names = {name: inline(what) for name, what in card.names.items()}
        said = _("in {names}; ? if you do not know").format(names=", ".join(names))
        return Typed(names, (said, _(SHORTEST)))
    if isinstance(card, NumericCard):
        return Typed({}, list(number(card)))
    return Typed({}, (_("your answer; ? if you do not know"), _(SHORTEST)))


def number(card: NumericCard) -> Iterator[str]:
    """What is typed for a number, said where it is typed: in full, then shorter."""
    in_unit = _("a number in {unit}").format(unit=card.unit)
    what = in_unit if card.unit else _("a number")
    if card.calculator:
        fair = _("{what}; ? if you do not know; a calculator is fair")
        yield fair.format(what=what)
    yield _("{what}; ? if you do not know").format(what=what)
    yield _("{what}; ? don't know").format(what=what)
    yield _(SHORTEST)
