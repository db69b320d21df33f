"""A card drawn with a seed: the same seed always gives the same numbers and order.

Numbers and shuffles come from the BLAKE2b stream of the seed and never from `random`,
whose methods may change between Python versions.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b

from drillbox.domain.card import (
    Card,
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    Range,
    RecallCard,
    SpotCard,
    Variable,
)
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, ExpressionError, compare, parse
from drillbox.domain.stream import Stream
from drillbox.errors import ContentError

TRIES = 2000  # draws of all variables before `where` counts as impossible
GAP = "____"


@dataclass(frozen=True)
class Variant:
    """An item as it is asked this time.

    prompt: the text with numbers filled in; of a cloze, with the asked gap as `____`
    and the others filled. values: each var and let. order: option indexes (choice) or
    step indexes (order; never already right) as shown; else ().
    """

    item: Item
    seed: int
    prompt: str
    values: Mapping[str, float] = field(default_factory=dict)
    order: tuple[int, ...] = ()


def seed_of(course: str, item: str, answers: int) -> int:
    """The seed (64 bits) of an item's next variant.

    answers: its answers not undone, so that undo shows the same variant again.
    """
    return int.from_bytes(_digest([course, item, answers]), "big")


def _digest(meaning: object) -> bytes:
    text = json.dumps(meaning, ensure_ascii=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=8).digest()


def draw(item: Item, seed: int) -> Variant:
    """The item with this seed. ContentError if nothing drawn satisfies `where`."""
    card = item.card
    match card:
        case NumericCard():
            values = _values(item, card, Stream(seed, "values"))
            prompt = _filled(item, card, values, card.prompt)
            return Variant(item, seed, prompt, values)
        case ChoiceCard():
            order = Stream(seed, "order").shuffled(len(card.options))
            return Variant(item, seed, card.prompt, order=order)
        case OrderCard():
            order = _unsorted(item, card, Stream(seed, "order"))
            return Variant(item, seed, card.prompt, order=order)
        case ClozeCard():
            return Variant(item, seed, _gapped(card, item.blank))
    return Variant(item, seed, card.prompt)


def place(item: Item) -> str:
    """Where a content error is: `file:line: card id`, or the id alone."""
    card = f"card {item.card.id}"
    return f"{item.file}:{item.line}: {card}" if item.file else card


def authored(item: Item, text: str, where: str) -> Expression:
    """An expression that the author wrote in field `where`; ContentError if bad."""
    try:
        return parse(text)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: {where}: {error}") from None


def worked(item: Item, text: str, values: Mapping[str, float], where: str) -> float:
    """The value of an author's expression; ContentError if that is no number."""
    value = evaluated(item, text, values, where)
    if math.isfinite(value):
        return value
    shown = ", ".join(f"{name} = {written(x)}" for name, x in values.items())
    raise ContentError(
        f"{place(item)}: {where}: `{text}` is {value} for {shown or 'every variant'};"
        " exclude that with `where`"
    )


def evaluated(item: Item, text: str, values: Mapping[str, float], where: str) -> float:
    """The value of an author's expression, inf and nan too; ContentError if bad."""
    try:
        return authored(item, text, where).evaluate(values)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: {where}: {error}") from None


# --- numbers -------------------------------------------------------------------------


def _values(item: Item, card: NumericCard, stream: Stream) -> dict[str, float]:
    for _ in range(TRIES):
        drawn = sorted(card.vars.items())  # whatever the order in a file or a cache
        values = {name: _picked(item, name, v, stream) for name, v in drawn}
        for name, text in card.let.items():
            values[name] = evaluated(item, text, values, f"let.{name}")
        if all(_holds(item, text, values) for text in card.where):
            return _finite(item, card, values)
    raise ContentError(
        f"{place(item)}: where: nothing in {TRIES} draws satisfies "
        f"{' and '.join(card.where)}; widen the ranges or drop a condition"
    )


def _finite(
    item: Item, card: NumericCard, values: dict[str, float]
) -> dict[str, float]:
    for name, text in card.let.items():
        worked(item, text, values, f"let.{name}")
    return values


def _picked(item: Item, name: str, variable: Variable, stream: Stream) -> float:
    if not isinstance(variable, Range):
        return float(variable[stream.below(len(variable))])
    literals = (variable.low, variable.high, variable.step)
    if variable.high < variable.low or not all(map(math.isfinite, literals)):
        raise ContentError(
            f"{place(item)}: vars.{name}: {variable.low} to {variable.high} in steps "
            f"of {variable.step} is empty or endless; write finite numbers, low first"
        )
    low, high, step = map(_exactly, literals)
    return float(low + step * stream.below((high - low) // step + 1))


def _exactly(literal: int | float) -> Fraction:
    """The number as the author wrote it: 0.1 is a tenth and not the double beside."""
    return Fraction(repr(literal))


def _holds(item: Item, text: str, values: Mapping[str, float]) -> bool:
    try:
        return compare(text).holds(values)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: where: {error}") from None


def written(value: float, digits: int = 0) -> str:
    """A number as people write it: 3, 0.25, 7000000000, 2e-5.

    digits: round to so many significant ones first; 0 keeps all that tell it apart.
    """
    rounded = float(f"{value:.{digits}g}") if digits else float(value)
    if rounded == 0:
        return "0"
    if 1e-4 <= abs(rounded) < 1e16:
        return f"{Decimal(repr(rounded)).normalize():f}"
    return re.sub(r"(?:\.0)?e\+?(-?)0*", r"e\1", repr(rounded))


# --- text ----------------------------------------------------------------------------

_PLACE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*(?::([^{}]*))?\}\}")
_SPEC = re.compile(r"[-+ ]?0?\d{0,2},?(?:\.\d{1,2})?[efg%]?|[-+ ]?0?\d{0,2},?d")
_ZERO = re.compile(r"\s*-0*(?:\.0*)?%?")
_ARGUMENT = re.compile(r"(?:\\[A-Za-z]+|[\^_}])\s*\Z")
_GAP = re.compile(r"\[\[\s*([A-Za-z][A-Za-z0-9_]*)\s*\]\]")


def fill(text: str, variant: Variant) -> str:
    """Any text of the variant's card (hint, explain, why) with the numbers filled in.

    Only `{{name}}` and `{{name:.2f}}` of a var or let are places; the braces of
    \\frac{{a}}{b} stay. A var prints as its literal, a let with 6 significant digits.
    """
    return _filled(variant.item, variant.item.card, variant.values, text)


def _filled(item: Item, card: Card, values: Mapping[str, float], text: str) -> str:
    exact = card.vars if isinstance(card, NumericCard) else {}
    done, end = "", 0
    for match in _PLACE.finditer(text):
        name, spec = match[1], match[2]
        if name not in values:
            continue
        done += text[end : match.start()]
        end = match.end()
        number = _formatted(item, values[name], spec, 0 if name in exact else 6)
        # After \frac, ^ or } the braces were the argument's: x^{{a}} is x^{0.3}.
        done += f"{{{number}}}" if in_argument(done) else number
    return done + text[end:]


def in_argument(before: str) -> bool:
    """Whether a number written after this text needs the braces of an argument."""
    return _ARGUMENT.search(before[-40:]) is not None


def _formatted(item: Item, value: float, spec: str | None, digits: int) -> str:
    if spec is None:
        return written(value, digits)
    spec = spec.strip()
    whole = spec.endswith("d")
    if not _SPEC.fullmatch(spec) or (whole and value != int(value)):
        raise ContentError(
            f"{place(item)}: `:{spec}` cannot print {written(value)}; write a format "
            "such as :.2f"
        )
    text = format(int(value) if whole else value, spec)
    return text.replace("-", " ").strip() if _ZERO.fullmatch(text) else text


def in_mathematics(text: str, at: int) -> bool:
    """Whether position `at` of a Markdown text stands between dollars."""
    return len(re.findall(r"(?<!\\)\$+", text[:at])) % 2 == 1


def _gapped(card: ClozeCard, blank: str | None) -> str:
    def shown(match: re.Match[str]) -> str:
        name = match[1]
        if name == blank:
            return GAP
        if name not in card.blanks:
            return match[0]
        answer = card.blanks[name].answer
        return (
            answer.strip("$") if in_mathematics(card.prompt, match.start()) else answer
        )

    return _GAP.sub(shown, card.prompt)


def _unsorted(item: Item, card: OrderCard, stream: Stream) -> tuple[int, ...]:
    texts = [step.text for step in card.steps]
    for _ in range(TRIES):
        order = stream.shuffled(len(texts))
        if [texts[k] for k in order] != texts:
            return order
    raise ContentError(f"{place(item)}: steps: all are the same; write different ones")


# --- meaning -------------------------------------------------------------------------


def fingerprint(item: Item) -> str:
    """16 hex digits of what the right answer means, whatever the words and spaces.

    A learner who knew the answer before still knows it while this stays the same.
    """
    return _digest([item.card.kind, *_meaning(item)]).hex()


def _meaning(item: Item) -> list[str]:
    card = item.card
    match card:
        case ChoiceCard():
            return sorted(_squeezed(o.text) for o in card.options if o.right)
        case NumericCard():
            return [*_formulas(card), _squeezed(card.unit or "")]
        case FormulaCard():
            return [_normal(line.answer) for line in card.lines] or [_normal(card.goal)]
        case ClozeCard():
            return [_squeezed(card.blanks[item.blank or ""].answer)]
        case OrderCard():
            return [_squeezed(step.text) for step in card.steps]
        case DirectionCard():
            return [quantity.answer for quantity in card.quantities]
        case SpotCard():
            lines = card.code.splitlines()[card.line - 1 : card.line]
            return [str(card.line), *map(_squeezed, lines)]
        case RecallCard():
            return [_squeezed(point) for point in card.rubric]


def _formulas(card: NumericCard) -> list[str]:
    """The answer, and the lets that it rests on: `loss` alone would say nothing."""
    wanted, found = {*_names(card.answer)}, [_normal(card.answer)]
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
        return _squeezed(str(parse(text)))
    except ExpressionError:  # lint reports it; a fingerprint exists all the same
        return _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.split())
