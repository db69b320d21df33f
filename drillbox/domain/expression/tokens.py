"""From what was typed to tokens in the order in which they can stand.

Checks that operands and operators alternate and that parentheses match. Python's own
parser would refuse the rest as well, but not in words that help a learner.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drillbox.domain.expression.arithmetic import FUNCTIONS
from drillbox.errors import AnswerError
from drillbox.words import N_, _

MAX_PARENTHESES = 40


class ExpressionError(AnswerError):
    """What was typed is no expression. column: counts from 1, in the text as typed."""

    def __init__(self, column: int, what: str, instead: str = "") -> None:
        said = _("column {n}: {what}; {instead}")
        said = said if instead else _("column {n}: {what}")
        super().__init__(said.format(n=column, what=what, instead=instead))
        self.column, self.what, self.instead = column, what, instead


class Token(NamedTuple):
    """kind: a group of _TOKEN, or "end". text: as this language spells it."""

    kind: str
    text: str
    column: int


_LOWER = """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi
omicron pi rho sigma sigma tau upsilon phi chi psi omega"""
_UPPER = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK: Mapping[str, str] = {
    **dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _LOWER.split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", _UPPER.split(), strict=True)),
    "ϵ": "epsilon",
    "ϑ": "theta",
    "ϕ": "phi",
    "µ": "mu",  # the micro sign
}
ALIASES = {"ln": "log", "sigma": "sigmoid"}  # only before a parenthesis
_LETTER = "".join(GREEK)
_SIGNS = str.maketrans("×·⋅∗÷∕−–—‐", "****//----")
_SPELLED = str.maketrans({**GREEK, "√": "sqrt"})
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    rf"|(?P<name>(?:[A-Za-z][A-Za-z0-9]*|[{_LETTER}][0-9]*)(?:_[A-Za-z0-9{_LETTER}]*)*"
    r"|√)|(?P<operator>\*\*|[-+*/^])|(?P<power>[²³])"
    r"|(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<other>.)",
    re.DOTALL,
)
_STRANGERS = {
    "=": N_("write only what stands on the right of it"),
    "[": N_("write round parentheses"),
    "{": N_("write round parentheses"),
    "|": N_("write abs(…)"),
    "%": N_("write 0.31 for 31%"),
    "\\": N_("write names without a backslash: beta for \\beta"),
    "$": N_("leave the dollars out"),
}


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """The tokens of `text` and an "end", in an order that makes sense.

    offset: added to every column. Raises ExpressionError.
    """
    tokens = [*_tokens(text, offset)]
    _Grammar().check(tokens)
    return tokens


def _tokens(text: str, offset: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text.translate(_SIGNS)):
        kind, typed = str(match.lastgroup), match[0]
        if kind == "space":
            continue
        if kind == "other":
            raise _stranger(typed, offset + match.start() + 1)
        spelled = typed if typed.isascii() else typed.translate(_SPELLED)
        yield Token(kind, spelled, offset + match.start() + 1)
    yield Token("end", "", offset + len(text) + 1)


def _stranger(typed: str, column: int) -> ExpressionError:
    usual = N_("write numbers, names, + - * / ** and round parentheses")
    shown = typed if typed.isprintable() else f"U+{ord(typed):04X}"
    what = _("`{typed}` has no meaning here").format(typed=shown)
    return ExpressionError(column, what, _(_STRANGERS.get(typed, usual)))


class _Grammar:
    """Walks over the tokens and refuses the first that cannot stand where it does."""

    def __init__(self) -> None:
        self.open: list[tuple[Token, bool]] = []  # each with: is it a call's?
        self.operand_next = True

    def check(self, tokens: Sequence[Token]) -> None:
        """ExpressionError at the first token that cannot stand where it stands."""
        before = Token("start", "", tokens[0].column)
        for token in tokens:
            (self._operand if self.operand_next else self._operator)(before, token)
            before = token
        if self.open:
            column = self.open[-1][0].column
            raise ExpressionError(column, _("`(` is never closed"), _("write a `)`"))

    def _operand(self, before: Token, token: Token) -> None:
        if token.kind in ("number", "name"):
            self.operand_next = False
        elif token.kind == "open":
            self._push(token, call=False)
        elif token.text not in ("+", "-"):
            raise _missing(before, token)

    def _operator(self, before: Token, token: Token) -> None:
        if token.kind == "open" and before.kind == "name":
            self._push(token, call=True)
        elif token.kind in ("number", "name", "open"):
            raise _side_by_side(before, token)
        elif token.kind == "close":
            self._pop(token)
        elif token.kind == "comma" and not (self.open and self.open[-1][1]):
            raise _stray_comma(before, token)
        else:
            self.operand_next = token.kind in ("operator", "comma")

    def _push(self, token: Token, call: bool) -> None:
        self.open.append((token, call))
        self.operand_next = True
        if len(self.open) > MAX_PARENTHESES:
            advice = _("write at most {n} inside each other").format(n=MAX_PARENTHESES)
            raise ExpressionError(token.column, _("too many parentheses"), advice)

    def _pop(self, token: Token) -> None:
        if not self.open:
            advice = _("leave it out or write a `(` before")
            raise ExpressionError(token.column, _("`)` closes nothing"), advice)
        self.open.pop()


def _missing(before: Token, token: Token) -> ExpressionError:
    belongs = _("write what belongs there")
    if before.kind == "start" and token.kind == "end":
        such = _("write an expression such as 2*beta")
        return ExpressionError(token.column, _("nothing was typed"), such)
    if before.kind == "open" and token.kind == "close":
        what = _("nothing stands in the parentheses")
        return ExpressionError(token.column, what, belongs)
    if token.kind in ("end", "close", "comma"):
        what = _("nothing stands after `{sign}`").format(sign=before.text)
        return ExpressionError(before.column, what, belongs)
    what = _("nothing stands before `{sign}`").format(sign=token.text)
    return ExpressionError(token.column, what, belongs)


def _side_by_side(before: Token, token: Token) -> ExpressionError:
    name = ALIASES.get(before.text, before.text)
    if before.kind == "name" and name in FUNCTIONS:
        what = _("`{name}` needs parentheses").format(name=name)
        advice = _("write {example}").format(example=f"{name}({token.text} …)")
        return ExpressionError(before.column, what, advice)
    what = _("`{left}` and `{right}` have nothing between them")
    what = what.format(left=before.text, right=token.text)
    advice = _("multiplication is never left out: write {example}")
    advice = advice.format(example=f"{before.text} * {token.text}")
    return ExpressionError(token.column, what, advice)


def _stray_comma(before: Token, token: Token) -> ExpressionError:
    what = _("a comma stands only between the arguments of a function")
    number = before.kind == "number"
    decimal = _("for a decimal write a point, as in 0.31")
    advice = decimal if number else _("leave it out")
    return ExpressionError(token.column, what, advice)
