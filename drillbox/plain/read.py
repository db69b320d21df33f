"""What a typed line means for a kind of card; the shapes domain/answer.py marks."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from drillbox.domain.card import Card, DirectionCard, FormulaCard
from drillbox.domain.variant import Variant
from drillbox.errors import AnswerError
from drillbox.words import N_, _, ngettext

Response = Mapping[str, Any]
_MOVES = {
    "u": "up",
    "up": "up",
    "+": "up",
    "d": "down",
    "down": "down",
    "-": "down",
    "s": "same",
    "same": "same",
    "=": "same",
}
# Where a lone letter may be an answer, commands need their colon.
LETTER_KINDS = frozenset({"formula", "cloze", "recall", "direction"})
# Translators: these follow “Type”; up, down and same are typed as they stand.
HOW = {
    "choice": N_("the number of the right option; several: 1 3"),
    "numeric": N_("a number"),
    "formula": N_("a formula, for example beta*(a - b)"),
    "cloze": N_("what stands in the gap"),
    "order": N_("the numbers in the right order, for example 2 1 3"),
    "direction": N_("up, down or same for each in turn: up same"),
    "spot": N_("the number of the wrong line"),
    "recall": N_("your answer in one line"),
}


def how(card: Card) -> str:
    """What to type, in a few words."""
    if isinstance(card, FormulaCard) and card.lines:
        n = len(card.lines)
        return ngettext(
            "{n} lines, one after the other, each an expression",
            "{n} lines, one after the other, each an expression",
            n,
        ).format(n=n)
    return _(HOW[card.kind])


def page_of(variant: Variant) -> FormulaCard | None:
    """The card, if it is a blank page, which is answered by several lines."""
    card = variant.item.card
    return card if isinstance(card, FormulaCard) and card.lines else None


def response(variant: Variant, line: str) -> Response:
    """The response that `line` is to this question; AnswerError if it is none."""
    if line.strip() == "?":
        return {"unknown": True}
    return _READERS[variant.item.card.kind](variant, line)


def _numbers(line: str, count: int) -> list[int]:
    words = re.split(r"[\s,;]+", line.strip())
    if not all(word.isdigit() and 1 <= int(word) <= count for word in words):
        said = _("'{line}': type numbers from 1 to {n}")
        raise AnswerError(said.format(line=line.strip(), n=count))
    return [int(word) for word in words]


def _shown(variant: Variant, line: str) -> list[int]:
    order = variant.order
    return [order[n - 1] for n in _numbers(line, len(order))]


def _choice(variant: Variant, line: str) -> Response:
    return {"options": _shown(variant, line)}


def _order(variant: Variant, line: str) -> Response:
    return {"steps": _shown(variant, line)}


def _text(variant: Variant, line: str) -> Response:
    return {"text": line.strip()}


def _spot(variant: Variant, line: str) -> Response:
    word = line.strip()
    if not word.isdigit():
        said = _("'{word}': type the number of the wrong line")
        raise AnswerError(said.format(word=word))
    return {"line": int(word)}


def _direction(variant: Variant, line: str) -> Response:
    card = variant.item.card
    assert isinstance(card, DirectionCard)
    words = line.lower().replace(",", " ").replace("%", " ").split()
    count = len(card.quantities)
    moves = [_MOVES[word] for word in words[:count] if word in _MOVES]
    if len(moves) != count or len(words) > count + 1:
        wrong = _("'{line}': type {how}")
        raise AnswerError(wrong.format(line=line.strip(), how=_(HOW["direction"])))
    said = {"confidence": confidence(words[count])} if words[count:] else {}
    return {"moves": moves, **said}


def confidence(text: str) -> float:
    """How sure, from 0.5 to 1, typed in percent; AnswerError if it is none."""
    word = text.strip().removesuffix("%").strip()
    if not word.isdigit() or not 50 <= int(word) <= 100:
        said = _("'{text}': how sure you are is a number from {least} to 100")
        raise AnswerError(said.format(text=text, least=50))
    return int(word) / 100


_READERS: Mapping[str, Callable[[Variant, str], Response]] = {
    "choice": _choice,
    "numeric": _text,
    "formula": _text,
    "cloze": _text,
    "order": _order,
    "direction": _direction,
    "spot": _spot,
    "recall": _text,
}
