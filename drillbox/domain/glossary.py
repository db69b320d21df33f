"""Which words of the glossary a text uses: links that nobody has to write.

A term is used where its name, or another form of it (`also`), stands as whole words, in
the plural too; or where one of its symbols stands, as written in the text: `\\beta` and
β are two symbols. A name of one letter counts as a symbol within dollars only.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from drillbox.domain.card import (
    Card,
    ChoiceCard,
    DirectionCard,
    FormulaCard,
    OrderCard,
)
from drillbox.domain.course import Term

_MATH = re.compile(r"(?<!\\)\$([^$]+)\$")


def used(terms: Sequence[Term], text: str) -> tuple[Term, ...]:
    """The terms that a text uses, in the order of the glossary."""
    formulas = " ".join(_MATH.findall(text))
    return tuple(term for term in terms if _uses(term, text, formulas))


def _uses(term: Term, text: str, formulas: str) -> bool:
    names = [name for name in (*term.term.split(", "), *term.also) if len(name) > 1]
    letters = [name for name in term.term.split(", ") if len(name) == 1]
    return (
        any(_word(name).search(text) for name in names)
        or any(_symbol(sign).search(text) for sign in term.symbols)
        or any(_symbol(letter).search(formulas) for letter in letters)
    )


@lru_cache(maxsize=1024)
def _word(name: str) -> re.Pattern[str]:
    pattern = re.escape(name).replace(r"\ ", r"[\s-]+")
    return re.compile(rf"(?<![\w-]){pattern}(?:s|es)?(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _symbol(sign: str) -> re.Pattern[str]:
    before = r"(?<![A-Za-z\\])" if sign[0].isalpha() else ""
    after = r"(?![A-Za-z])" if sign[-1].isalpha() else ""
    return re.compile(f"{before}{re.escape(sign)}{after}")


def asked(card: Card, prompt: str) -> str:
    """All that is read while a card is asked."""
    return "\n".join((prompt, *_parts(card)))


def _parts(card: Card) -> Iterator[str]:
    match card:
        case ChoiceCard():
            yield from (option.text for option in card.options)
        case OrderCard():
            yield from (step.text for step in card.steps)
        case DirectionCard():
            yield from (quantity.text for quantity in card.quantities)
        case FormulaCard():
            yield from card.names.values()
            yield from (line.text for line in card.lines)
