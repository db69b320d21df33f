"""A card drawn with a seed: the same seed always gives the same numbers and order.

Numbers and shuffles come from the BLAKE2b stream of the seed and never from `random`,
whose methods may change between Python versions.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from itertools import combinations

from drillbox.domain.card import (
    BaseCard,
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    Drawing,
    Move,
    OrderCard,
    Range,
    Variable,
)
from drillbox.domain.course import Item
from drillbox.domain.expression import Expression, ExpressionError, compare, parse
from drillbox.domain.stream import Stream
from drillbox.errors import ContentError
from drillbox.words import _, ngettext

TRIES = 2000  # draws of all variables before `where` counts as impossible
GAP = "____"
SAME = 1e-9  # relative; two values this near are one; a change this small is none


@dataclass(frozen=True)
class Variant:
    """An item as it is asked this time.

    item: its card with options and quantities settled: numbers filled in, which is
    right, which way it goes. prompt: the text with numbers filled in; of a cloze, with
    the asked gap as `____` and the others filled. values: each var and let. order:
    option indexes (choice) or step indexes (order; never already right) as shown;
    else ().
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
    return int.from_bytes(digest([course, item, answers]), "big")


def digest(meaning: object) -> bytes:
    """8 bytes that stand for a value made of texts, numbers and lists."""
    text = json.dumps(meaning, ensure_ascii=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=8).digest()


def draw(item: Item, seed: int) -> Variant:
    """The item with this seed. ContentError if nothing drawn satisfies `where`."""
    card = item.card
    match card:
        case Drawing():
            return _drawn(item, card, seed)
        case OrderCard():
            order = _unsorted(item, card, Stream(seed, "order"))
            return Variant(item, seed, card.prompt, order=order)
        case ClozeCard():
            return Variant(item, seed, _gapped(card, item.blank))
    return Variant(item, seed, card.prompt)


def place(item: Item) -> str:
    """Where a content error is: `file:line: card id`, or the id alone."""
    card = _("card {id}").format(id=item.card.id)
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
    what = _("`{text}` is {value} for {values}; exclude that with `where`")
    raise _impossible(item, where, what, values, text=text, value=value)


def _impossible(
    item: Item, where: str, what: str, values: Mapping[str, float], **more: object
) -> ContentError:
    shown = ", ".join(f"{name} = {written(x)}" for name, x in values.items())
    said = what.format(values=shown or _("every variant"), **more)
    return ContentError(f"{place(item)}: {where}: {said}")


def evaluated(item: Item, text: str, values: Mapping[str, float], where: str) -> float:
    """The value of an author's expression, inf and nan too; ContentError if bad."""
    try:
        return authored(item, text, where).evaluate(values)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: {where}: {error}") from None


# --- numbers -------------------------------------------------------------------------


def _drawn(item: Item, card: Drawing, seed: int) -> Variant:
    values = _values(item, card, Stream(seed, "values")) if card.vars else {}
    prompt = _filled(item, card, values, card.prompt) if values else card.prompt
    order: tuple[int, ...] = ()
    if isinstance(card, ChoiceCard):
        order = Stream(seed, "order").shuffled(len(card.options))
        item = _chosen(item, card, values) if values else item
    elif isinstance(card, DirectionCard) and values:
        item = _turned(item, card, values)
    return Variant(item, seed, prompt, values, order)


def _values(item: Item, card: Drawing, stream: Stream) -> dict[str, float]:
    for _try in range(TRIES):
        drawn = sorted(card.vars.items())  # whatever the order in a file or a cache
        values = {name: _picked(item, name, v, stream) for name, v in drawn}
        for name, text in card.let.items():
            values[name] = evaluated(item, text, values, f"let.{name}")
        if all(_holds(item, text, values) for text in card.where):
            return _finite(item, card, values)
    said = _(
        "nothing in {n} draws satisfies {conditions}; widen the ranges or drop a "
        "condition"
    ).format(n=TRIES, conditions=together(card.where))
    raise ContentError(f"{place(item)}: where: {said}")


def together(parts: Iterable[str]) -> str:
    """`a and b and c`."""
    joined = ""
    for part in parts:
        both = _("{some} and {other}").format(some=joined, other=part)
        joined = both if joined else part
    return joined


def _finite(item: Item, card: Drawing, values: dict[str, float]) -> dict[str, float]:
    for name, text in card.let.items():
        worked(item, text, values, f"let.{name}")
    return values


def _picked(item: Item, name: str, variable: Variable, stream: Stream) -> float:
    if not isinstance(variable, Range):
        return float(variable[stream.below(len(variable))])
    literals = (variable.low, variable.high, variable.step)
    if variable.high < variable.low or not all(map(math.isfinite, literals)):
        said = _(
            "{low} to {high} in steps of {step} is empty or endless; write finite "
            "numbers, low first"
        ).format(low=variable.low, high=variable.high, step=variable.step)
        raise ContentError(f"{place(item)}: vars.{name}: {said}")
    low, high, step = map(_exactly, literals)
    return float(low + step * stream.below((high - low) // step + 1))


def _exactly(literal: int | float) -> Fraction:
    """The number as the author wrote it: 0.1 is a tenth and not the double beside."""
    return Fraction(repr(literal))


def _holds(
    item: Item, text: str, values: Mapping[str, float], where: str = "where"
) -> bool:
    try:
        return compare(text).holds(values)
    except ExpressionError as error:
        raise ContentError(f"{place(item)}: {where}: {error}") from None


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


# --- what is right this time ---------------------------------------------------------


def _chosen(item: Item, card: ChoiceCard, values: Mapping[str, float]) -> Item:
    """The item with its options as this variant has them, one of them right.

    ContentError where none or several are, or where two cannot be told apart.
    """
    texts = [_filled(item, card, values, option.text) for option in card.options]
    right = _rights(item, card, values)
    if sum(right) != 1:
        n = sum(right)
        what = ngettext(
            "{n} option is right for {values}; exclude that with `where`",
            "{n} options are right for {values}; exclude that with `where`",
            n,
        )
        if not n:
            what = _("no option is right for {values}; exclude that with `where`")
        raise _impossible(item, "options", what, values, n=n)
    for one, other in combinations(range(len(texts)), 2):
        if squeezed(texts[one]) == squeezed(texts[other]):
            what = _(
                "reads `{text}` as option {n} does, for {values}; exclude that with "
                "`where`"
            )
            at, text = f"options.{other}.text", texts[one]
            raise _impossible(item, at, what, values, text=text, n=one + 1)
    options = tuple(
        option.model_copy(update={"text": text, "right": is_right})
        for option, text, is_right in zip(card.options, texts, right, strict=True)
    )
    return replace(item, card=card.model_copy(update={"options": options}))


def _rights(item: Item, card: ChoiceCard, values: Mapping[str, float]) -> list[bool]:
    """Which options are right; ContentError where two have one value."""
    if card.answer is None:
        return [
            option.right
            or (
                (option.when is not None)
                and _holds(item, option.when, values, f"options.{k}.when")
            )
            for k, option in enumerate(card.options)
        ]
    found = [
        worked(item, option.value or "", values, f"options.{k}.value")
        for k, option in enumerate(card.options)
    ]
    for one, other in combinations(range(len(found)), 2):
        if _alike(found[one], found[other]):
            what = _(
                "is {value} as that of option {n} is, for {values}; exclude that with "
                "`where`"
            )
            at, value = f"options.{other}.value", written(found[one], 6)
            raise _impossible(item, at, what, values, value=value, n=one + 1)
    answer = worked(item, card.answer, values, "answer")
    return [_alike(value, answer) for value in found]


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=SAME, abs_tol=1e-12)


def _turned(item: Item, card: DirectionCard, values: Mapping[str, float]) -> Item:
    """The item with the way that each quantity goes in this variant."""
    quantities = []
    for k, quantity in enumerate(card.quantities):
        text = _filled(item, card, values, quantity.text)
        settled: dict[str, object] = {"text": text}
        if quantity.change is not None:
            where = f"quantities.{k}.change"
            settled["answer"] = _move(worked(item, quantity.change, values, where))
        quantities.append(quantity.model_copy(update=settled))
    return replace(item, card=card.model_copy(update={"quantities": tuple(quantities)}))


def _move(change: float) -> Move:
    if abs(change) <= SAME:
        return "same"
    return "up" if change > 0 else "down"


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


def _filled(item: Item, card: BaseCard, values: Mapping[str, float], text: str) -> str:
    exact = card.vars if isinstance(card, Drawing) else {}
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
        said = _("`:{form}` cannot print {value}; write a format such as :.2f")
        said = said.format(form=spec, value=written(value))
        raise ContentError(f"{place(item)}: {said}")
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
    for _try in range(TRIES):
        order = stream.shuffled(len(texts))
        if [texts[k] for k in order] != texts:
            return order
    said = _("all are the same; write different ones")
    raise ContentError(f"{place(item)}: steps: {said}")


def squeezed(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())
