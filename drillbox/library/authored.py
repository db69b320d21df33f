"""What authors write in expressions and in places of texts, read and checked."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from drillbox.domain.card import Range
from drillbox.domain.expression import (
    FUNCTIONS,
    Comparison,
    Expression,
    ExpressionError,
    parse,
)
from drillbox.library.marks import Path
from drillbox.library.wording import listed, nearest
from drillbox.words import _


class Finding(NamedTuple):
    """One thing wrong in a card. path: from the card on. at_name: see Document."""

    path: Path
    what: str
    instead: str = ""
    at_name: bool = False


def wrong_names(field: str, names: Iterable[str]) -> Iterator[Finding]:
    """What may not be a name in this field: the name of a function."""
    for name in names:
        if name in FUNCTIONS:
            what = _("`{name}` is the name of a function").format(name=name)
            yield Finding((field, name), what, _("give it another name"), at_name=True)


def wrong_variable(path: Path, variable: Any) -> Iterator[Finding]:
    """What keeps values from being drawn for a variable."""
    if isinstance(variable, Range):
        yield from wrong_bounds(path, variable.low, variable.high)
        yield from wrong_number((*path, "step"), variable.step)
    else:
        for k, value in enumerate(variable):
            yield from wrong_number((*path, k), value)


def wrong_bounds(path: Path, low: float, high: float) -> Iterator[Finding]:
    """Bounds that nothing lies between."""
    if not (math.isfinite(low) and math.isfinite(high)):
        yield Finding(path, _("a bound is no finite number"), _("write finite numbers"))
    elif low > high:
        yield Finding(
            path,
            _("{low} is above {high}").format(low=low, high=high),
            _("write the lower number first"),
        )


def wrong_number(path: Path, value: float) -> Iterator[Finding]:
    """A number that is none."""
    if not math.isfinite(value):
        yield Finding(
            path,
            _("{value} is no finite number").format(value=value),
            _("write one that is"),
        )


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
        advice = _("write `witness(argument, …)`, such as dpo_weight(margin)")
        raise ExpressionError(1, _("this is no call of a witness"), advice)
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


def wrong_expression(
    path: Path, text: str, known: Iterable[str], read: Reader = parse
) -> Iterator[Finding]:
    """Why an expression, or what `read` reads, cannot be worked out from `known`."""
    try:
        names = read(text).names
    except ExpressionError as error:
        what = _("`{text}`: column {column}: {what}").format(
            text=text, column=error.column, what=error.what
        )
        yield Finding(path, what, error.instead)
        return
    for name in sorted(names.difference(known)):
        yield from wrong_name(path, name, known)


def wrong_name(
    path: Path, name: str, known: Iterable[str], at_name: bool = False
) -> Iterator[Finding]:
    """A name that is not among the known ones."""
    names = list(known)
    if name not in names:
        near = nearest(name, names)
        nowhere = _("name it in `vars`, `ranges` or `let`")
        choice = _("write {words}").format(words=listed(names)) if names else nowhere
        advice = _("write `{word}`").format(word=near) if near else choice
        yield Finding(
            path, _("there is no `{name}` here").format(name=name), advice, at_name
        )


# --- numbers in text -----------------------------------------------------------------

_PLACE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*(?::([^{}]*))?\}\}")
_FORMAT = re.compile(r"[-+ ]?0?\d{0,2},?(?:(?:\.\d{1,2})?[efg%]?|d)")
# After \frac, ^, _ or } two braces may be LaTeX's own.
_LATEX = re.compile(r"(?:\\[A-Za-z]+|[\^_}])\s*\Z")


def wrong_places(
    texts: Iterable[tuple[Path, str | None]], known: Iterable[str]
) -> Iterator[Finding]:
    """Places `{{name}}` or `{{name:.2f}}` in texts that no number can be put in."""
    names = dict.fromkeys(known)
    for path, text in texts:
        before, end = "", 0
        for place in _PLACE.finditer(text or ""):
            before += place.string[end : place.start()]
            end = place.end()
            if place[1] not in names and _LATEX.search(before):
                before += place[0]  # the braces of \frac{{a}}{{b}}
                continue
            before += "0"
            yield from _place(path, place, names)


def _place(
    path: Path, place: re.Match[str], known: Mapping[str, Any]
) -> Iterator[Finding]:
    name, form = place[1], place[2]
    if name not in known:
        (unknown,) = wrong_name(path, name, known)
        yield unknown._replace(what=f"{place[0]}: {unknown.what}")
    if name in known and form is not None and not _FORMAT.fullmatch(form.strip()):
        what = _("{place}: `:{form}` is no format of numbers").format(
            place=place[0], form=form
        )
        yield Finding(path, what, _("write one such as :.2f"))
