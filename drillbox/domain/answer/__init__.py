"""Is this answer right, and if not, how is it wrong.

A response is a mapping, by kind of card (indexes are those of the author's file):

    choice     {"options": [0, 2]}
    numeric, formula, cloze, recall   {"text": "0.31"}
    formula with lines   {"lines": ["a + b", …]}
    order      {"steps": [1, 0, 2]}, in the learner's order
    direction  {"moves": ["up", "down", "same"]}, one per quantity
    spot       {"line": 3}
    any        {"unknown": True}: "don't know"; "confidence": 0.8, from 0.5 to 1
"""

from drillbox.domain.answer import (
    choice,
    cloze,
    direction,
    formula,
    numeric,
    order,
    page,
    spot,
)
from drillbox.domain.answer.response import (
    Response,
    check_confidence,
    is_unknown,
)
from drillbox.domain.answer.verdict import QUALITY, Judgement, Outcome, Verdict
from drillbox.domain.card import (
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    RecallCard,
    SpotCard,
)
from drillbox.domain.variant import Variant, fill

__all__ = ["QUALITY", "Outcome", "Verdict", "mark"]


def mark(variant: Variant, response: Response) -> Verdict:
    """Mark a response to a variant.

    Raises AnswerError if it cannot be read as an answer (nothing is recorded, it is
    asked again) and ContentError if the card has no answer for this variant.
    """
    explain = fill(_explain(variant), variant)
    if is_unknown(response):
        judgement = Judgement("unknown", (explain,))
    else:
        check_confidence(response)
        judgement = _judged(variant, response)
    return Verdict(
        outcome=judgement.outcome,
        quality=QUALITY[judgement.outcome],
        answer=fill(_answer(variant), variant),
        why=tuple(fill(why, variant) for why in judgement.why),
        explain=explain,
        misconception=judgement.misconception,
    )


def _judged(variant: Variant, response: Response) -> Judgement:
    match variant.item.card:
        case ChoiceCard() as card:
            return choice.judge(card, response)
        case NumericCard() as card:
            return numeric.judge(card, variant, response)
        case FormulaCard(lines=[_, *_]) as card:
            return page.judge(card, variant, response)
        case FormulaCard() as card:
            return formula.judge(card, variant, response)
        case ClozeCard() as card:
            return cloze.judge(card, variant.item, response)
        case OrderCard() as card:
            return order.judge(card, response)
        case DirectionCard() as card:
            return direction.judge(card, response)
        case SpotCard() as card:
            return spot.judge(card, response)
        case RecallCard():  # graded by the learner, who may have answered aloud
            return Judgement("ungraded")


def _answer(variant: Variant) -> str:
    match variant.item.card:
        case ChoiceCard() as card:
            return choice.answer(card)
        case NumericCard() as card:
            return numeric.answer(card, variant)
        case FormulaCard(lines=[_, *_]) as card:
            return page.answer(card)
        case FormulaCard() as card:
            return formula.answer(card)
        case ClozeCard() as card:
            return cloze.answer(card, variant.item)
        case OrderCard() as card:
            return order.answer(card)
        case DirectionCard() as card:
            return direction.answer(card)
        case SpotCard() as card:
            return spot.answer(card)
        case RecallCard() as card:
            return card.answer


def _explain(variant: Variant) -> str:
    card = variant.item.card
    if isinstance(card, ClozeCard):
        own = cloze.asked(card, variant.item).explain
        return f"{own}\n\n{card.explain}" if own else card.explain
    return card.explain
