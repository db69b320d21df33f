"""Which widget a card is answered in, and how the bar says it."""

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

HOW = {
    "choice": "one is right",
    "numeric": "type a number",
    "formula": "type a formula",
    "cloze": "type what stands in the gap",
    "order": "put the steps in order",
    "direction": "which way does each go?",
    "spot": "which line is wrong?",
    "recall": "say it in your own words",
}


def several(variant: Variant) -> bool:
    """Are several options right?"""
    card = variant.item.card
    return isinstance(card, ChoiceCard) and sum(o.right for o in card.options) > 1


def how(variant: Variant) -> str:
    """What to do, in a few words."""
    card = variant.item.card
    if isinstance(card, FormulaCard) and card.lines:
        return "a blank page: type every line"
    return "tick all that are right" if several(variant) else HOW[card.kind]


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
        return Typed(names, f"in {', '.join(names)}; ? if you do not know")
    fair = "; a calculator is fair" if getattr(card, "calculator", False) else ""
    unit = f" in {card.unit}" if isinstance(card, NumericCard) and card.unit else ""
    what = f"a number{unit}" if isinstance(card, NumericCard) else "your answer"
    return Typed({}, f"{what}; ? if you do not know{fair}")
