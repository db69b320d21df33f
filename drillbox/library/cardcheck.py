"""What makes a card unusable though each of its fields has the right form.

Every check yields where in the card (a path), what is wrong and what to write instead.
"""

import math
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from drillbox.domain.card import (
    Algebra,
    Card,
    ChoiceCard,
    ClozeCard,
    DirectionCard,
    FormulaCard,
    NumericCard,
    OrderCard,
    Range,
    SpotCard,
)
from drillbox.domain.expression import (
    FUNCTIONS,
    Comparison,
    Expression,
    ExpressionError,
    compare,
    parse,
)
from drillbox.library.marks import Path
from drillbox.library.wording import listed, nearest


class Finding(NamedTuple):
    """One thing wrong in a card. path: from the card on. at_name: see Document."""

    path: Path
    what: str
    instead: str = ""
    at_name: bool = False


def findings(card: Card) -> Iterator[Finding]:
    """Everything that makes this card unusable."""
    match card:
        case ChoiceCard():
            yield from _choice(card)
        case NumericCard():
            yield from _numeric(card)
        case FormulaCard():
            yield from _formula(card)
        case ClozeCard():
            yield from _cloze(card)
        case OrderCard():
            yield from _order(card)
        case SpotCard():
            yield from _spot(card)
        case DirectionCard():
            yield from _direction(card)
    if card.check is not None and not isinstance(card, NumericCard | FormulaCard):
        advice = "leave it out, or make this a numeric or formula card"
        yield Finding(("check",), f"a {card.kind} card has no number to check", advice)


# --- choice, order, spot, cloze ------------------------------------------------------


def _choice(card: ChoiceCard) -> Iterator[Finding]:
    right = sum(option.right for option in card.options)
    if right == 0:
        advice = "write `right: true` under each that is"
        yield Finding(("options",), "no option is right", advice)
    if right == len(card.options):
        advice = "write a wrong one too, with its `why`"
        yield Finding(("options",), "every option is right", advice)
    for k, option in enumerate(card.options):
        if not option.right and option.why is None:
            what = "a wrong option has no `why`"
            yield Finding(("options", k), what, "say why it is wrong")


def _order(card: OrderCard) -> Iterator[Finding]:
    known = yield from _algebra(card)
    first = True
    for k, step in enumerate(card.steps):
        if step.value is not None:
            yield from _expression(("steps", k, "value"), step.value, known)
        if step.turn and (first or step.value is None):
            what = "has no value before it, or none of its own, to turn from"
            yield Finding(("steps", k, "turn"), what, "leave it out")
        first = first and step.value is None
    if len({step.text for step in card.steps}) == 1:
        yield Finding(("steps",), "all steps are the same", "write different ones")


def _algebra(card: Algebra) -> Generator[Finding, None, dict[str, None]]:
    """The names there are, once what is wrong with their ranges is told."""
    yield from _functions("ranges", card.ranges)
    yield from _functions("let", card.let)
    for name, bounds in card.ranges.items():
        yield from _bounds(("ranges", name), *bounds)
    known = dict.fromkeys(card.ranges)
    for name, text in card.let.items():
        yield from _expression(("let", name), text, known)
        known[name] = None
    return known


def _equal(card: ClozeCard) -> Iterator[Finding]:
    known = yield from _algebra(card)
    filled = [name for name, blank in card.blanks.items() if blank.value is not None]
    for name, blank in card.blanks.items():
        if blank.value is not None:
            yield from _expression(("blanks", name, "value"), blank.value, known)
        for k, word in enumerate(blank.wrong):
            if word.value is not None:
                path = ("blanks", name, "wrong", k, "value")
                yield from _expression(path, word.value, known)
    for k, text in enumerate(card.equal):
        yield from _expression(("equal", k), text, [*known, *filled])
    if len(card.equal) == 1:
        yield Finding(("equal",), "has one expression", "write two or more")


def _spot(card: SpotCard) -> Iterator[Finding]:
    lines = card.code.splitlines()
    seen = {card.line: "is the faulty one"}
    if card.line > len(lines):
        yield _no_line(("line",), card.line, len(lines))
    elif card.fix.split() == lines[card.line - 1].split():
        what = f"is line {card.line} as it stands"
        yield Finding(("fix",), what, "write the line put right")
    for k, wrong in enumerate(card.wrong):
        path = ("wrong", k, "line")
        if wrong.line > len(lines):
            yield _no_line(path, wrong.line, len(lines))
        elif wrong.line in seen:
            what = f"line {wrong.line} {seen[wrong.line]}"
            advice = "name a line that is all right, or drop this"
            yield Finding(path, what, advice)
        seen.setdefault(wrong.line, "is explained above already")


def _no_line(path: Path, line: int, last: int) -> Finding:
    return Finding(path, f"the code has no line {line}", f"write one from 1 to {last}")


def _direction(card: DirectionCard) -> Iterator[Finding]:
    for k, quantity in enumerate(card.quantities):
        if quantity.answer in quantity.misconceptions:
            path = ("quantities", k, "misconceptions", quantity.answer)
            what = f"`{quantity.answer}` is the right move"
            yield Finding(path, what, "name a wrong one", at_name=True)


_GAP = re.compile(r"\[\[\s*([A-Za-z][A-Za-z0-9_]*)\s*\]\]")


def _cloze(card: ClozeCard) -> Iterator[Finding]:
    yield from _equal(card)
    gaps = dict.fromkeys(_GAP.findall(card.prompt))
    for name in card.blanks:
        if name not in gaps:
            what = f"the prompt has no gap `[[{name}]]`"
            advice = "write one, or delete this blank"
            yield Finding(("blanks", name), what, advice, at_name=True)
    for name in gaps:
        if name not in card.blanks:
            what = f"the gap `[[{name}]]` has no blank"
            near = nearest(name, [n for n in card.blanks if n not in gaps])
            advice = f"write `[[{near}]]`" if near else f"add `{name}:` to the blanks"
            yield Finding(("prompt",), what, advice)


# --- expressions ---------------------------------------------------------------------


def _numeric(card: NumericCard) -> Iterator[Finding]:
    yield from _functions("vars", card.vars)
    yield from _functions("let", card.let)
    for name, variable in card.vars.items():
        yield from _variable(("vars", name), variable)
    known = dict.fromkeys(card.vars)
    for name, text in card.let.items():
        if name in card.vars:
            what = f"`{name}` is one of the vars already"
            yield Finding(("let", name), what, "give it another name", at_name=True)
        yield from _expression(("let", name), text, known)
        known[name] = None
    for k, text in enumerate(card.where):
        yield from _expression(("where", k), text, known, compare)
    yield from _answers(card, known)
    yield from _places(card, known)


def _formula(card: FormulaCard) -> Iterator[Finding]:
    yield from _functions("names", card.names)
    known = {name: None for name in card.names if name not in card.let}
    for name, text in card.let.items():
        yield from _name(("let", name), name, card.names, at_name=True)
        yield from _expression(("let", name), text, known)
        known[name] = None
    yield from _answers(card, card.names)
    yield from _page(card) if card.lines else _one_answer(card)
    for k, name in enumerate(card.positive):
        yield from _name(("positive", k), name, card.names)
    for name, bounds in card.ranges.items():
        yield from _name(("ranges", name), name, card.names, at_name=True)
        yield from _bounds(("ranges", name), *bounds)


def _one_answer(card: FormulaCard) -> Iterator[Finding]:
    if card.answer is None:
        yield Finding(("answer",), "is missing", "write `answer: …`, or `lines:`")


def _page(card: FormulaCard) -> Iterator[Finding]:
    if card.answer is not None:
        what = "stands beside `lines`"
        yield Finding(("answer",), what, "leave it out: the last line is the answer")
    for k, line in enumerate(card.lines):
        yield from _expression(("lines", k, "answer"), line.answer, card.names)
        for j, wrong in enumerate(line.wrong):
            path = ("lines", k, "wrong", j, "formula")
            yield from _expression(path, wrong.formula, card.names)
        for field, names in (("without", line.without), ("uses", line.uses)):
            for j, name in enumerate(names):
                yield from _name(("lines", k, field, j), name, card.names)
    if card.lines[0].turn:
        what = "has no line before it that it could turn from"
        yield Finding(("lines", 0, "turn"), what, "leave it out")


def _answers(
    card: NumericCard | FormulaCard, known: Iterable[str]
) -> Iterator[Finding]:
    if card.answer is not None:
        yield from _expression(("answer",), card.answer, known)
    for k, wrong in enumerate(card.wrong):
        yield from _expression(("wrong", k, "formula"), wrong.formula, known)
    if card.check is not None:
        yield from _expression(("check",), card.check, known, witness_call)
    if isinstance(card, NumericCard):
        yield from _finite(("tolerance", "absolute"), card.tolerance.absolute)


def _functions(field: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name in FUNCTIONS:
            what = f"`{name}` is the name of a function"
            yield Finding((field, name), what, "give it another name", at_name=True)


def _variable(path: Path, variable: Any) -> Iterator[Finding]:
    if isinstance(variable, Range):
        yield from _bounds(path, variable.low, variable.high)
        yield from _finite((*path, "step"), variable.step)
    else:
        for k, value in enumerate(variable):
            yield from _finite((*path, k), value)


def _bounds(path: Path, low: float, high: float) -> Iterator[Finding]:
    if not (math.isfinite(low) and math.isfinite(high)):
        yield Finding(path, "a bound is no finite number", "write finite numbers")
    elif low > high:
        yield Finding(path, f"{low} is above {high}", "write the lower number first")


def _finite(path: Path, value: float) -> Iterator[Finding]:
    if not math.isfinite(value):
        yield Finding(path, f"{value} is no finite number", "write one that is")


class WitnessCall(NamedTuple):
    """`check:` read: a witness of the reference library and its arguments."""

    witness: str
    arguments: tuple[Expression, ...]

    @property
    def names(self) -> frozenset[str]:
        """The variables in the arguments."""
        return frozenset().union(*(argument.names for argument in self.arguments))


_CALL = re.compile(r"\s*([a-z_][a-z0-9_]*)\s*\((.*)\)\s*", re.DOTALL)


def witness_call(text: str) -> WitnessCall:
    """Read `name(argument, …)`; ExpressionError if it is none."""
    call = _CALL.fullmatch(text)
    if call is None:
        advice = "write `witness(argument, …)`, such as dpo_weight(margin)"
        raise ExpressionError(1, "this is no call of a witness", advice)
    return WitnessCall(call[1], tuple(map(parse, _split(call[2]))))


def _split(arguments: str) -> Iterator[str]:
    """The arguments between commas that stand in no parentheses of their own."""
    start = depth = 0
    for k, character in enumerate(arguments):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            yield arguments[start:k]
            start = k + 1
    yield arguments[start:]


Reader = Callable[[str], Expression | Comparison | WitnessCall]


def _expression(
    path: Path, text: str, known: Iterable[str], read: Reader = parse
) -> Iterator[Finding]:
    try:
        names = read(text).names
    except ExpressionError as error:
        what = f"`{text}`: column {error.column}: {error.what}"
        yield Finding(path, what, error.instead)
        return
    for name in sorted(names.difference(known)):
        yield from _name(path, name, known)


def _name(
    path: Path, name: str, known: Iterable[str], at_name: bool = False
) -> Iterator[Finding]:
    names = list(known)
    if name not in names:
        near = nearest(name, names)
        nowhere = "name it in `vars`, `ranges` or `let`"
        choice = f"write {listed(names)}" if names else nowhere
        advice = f"write `{near}`" if near else choice
        yield Finding(path, f"there is no `{name}` here", advice, at_name)


# --- numbers in text -----------------------------------------------------------------

_PLACE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*(?::([^{}]*))?\}\}")
_FORMAT = re.compile(r"[-+ ]?0?\d{0,2},?(?:(?:\.\d{1,2})?[efg%]?|d)")
# After \frac, ^, _ or } two braces may be LaTeX's own.
_LATEX = re.compile(r"(?:\\[A-Za-z]+|[\^_}])\s*\Z")


def _places(card: NumericCard, known: Mapping[str, Any]) -> Iterator[Finding]:
    texts: list[tuple[Path, str | None]] = [
        (("prompt",), card.prompt),
        (("hint",), card.hint),
        (("explain",), card.explain),
    ]
    texts += [(("wrong", k, "why"), wrong.why) for k, wrong in enumerate(card.wrong)]
    for path, text in texts:
        before, end = "", 0
        for place in _PLACE.finditer(text or ""):
            before += place.string[end : place.start()]
            end = place.end()
            if place[1] not in known and _LATEX.search(before):
                before += place[0]  # the braces of \frac{{a}}{{b}}
                continue
            before += "0"
            yield from _place(path, place, known)


def _place(
    path: Path, place: re.Match[str], known: Mapping[str, Any]
) -> Iterator[Finding]:
    name, form = place[1], place[2]
    if name not in known:
        (unknown,) = _name(path, name, known)
        yield unknown._replace(what=f"{place[0]}: {unknown.what}")
    if name in known and form is not None and not _FORMAT.fullmatch(form.strip()):
        what = f"{place[0]}: `:{form}` is no format of numbers"
        yield Finding(path, what, "write one such as :.2f")
