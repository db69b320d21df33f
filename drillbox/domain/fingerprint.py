"""What the right answer to a card means, whatever the words: told apart by a digest."""

from drillbox.domain.card import (
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    Drawing,
    FormulaCard,
    NumericCard,
    OrderCard,
    RecallCard,
    SpotCard,
)
from drillbox.domain.course import Item
from drillbox.domain.expression import ExpressionError, parse
from drillbox.domain.variant import digest, squeezed


def fingerprint(item: Item) -> str:
    """16 hex digits of what the right answer means, whatever the words and spaces.

    A learner who knew the answer before still knows it while this stays the same.
    """
    return digest([item.card.kind, *_meaning(item)]).hex()


def _meaning(item: Item) -> list[str]:
    card = item.card
    match card:
        case ChoiceCard(vars=names) if names:
            if card.answer is not None:
                return _formulas(card, card.answer)
            return sorted(squeezed(f"{o.text}:{o.when}") for o in card.options)
        case ChoiceCard():
            return sorted(squeezed(o.text) for o in card.options if o.right)
        case NumericCard():
            return [*_formulas(card, card.answer), squeezed(card.unit or "")]
        case FormulaCard():
            return [_normal(line.answer) for line in card.lines] or [_normal(card.goal)]
        case ClozeCard():
            return [squeezed(card.blanks[item.blank or ""].answer)]
        case OrderCard():
            return [squeezed(step.text) for step in card.steps]
        case DirectionCard():
            ways = [(q.answer, q.change) for q in card.quantities]
            told = [[way] if way else _formulas(card, to or "") for way, to in ways]
            return [one for each in told for one in each]
        case SpotCard():
            lines = card.code.splitlines()[card.line - 1 : card.line]
            return [str(card.line), *map(squeezed, lines)]
        case RecallCard():
            return [squeezed(point) for point in card.rubric]


def _formulas(card: Drawing, answer: str) -> list[str]:
    """The answer, and the lets that it rests on: `loss` alone would say nothing."""
    wanted, found = {*_names(answer)}, [_normal(answer)]
    for name, text in reversed(card.let.items()):
        if name in wanted:
            wanted |= _names(text)
            found.append(f"{name}={_normal(text)}")
    return found


def _names(text: str) -> frozenset[str]:
    try:
        return parse(text).names
    except ExpressionError:
        return frozenset()


def _normal(text: str) -> str:
    try:
        return squeezed(str(parse(text)))
    except ExpressionError:  # lint reports it; a fingerprint exists all the same
        return squeezed(text)
