"""The small arithmetic language of answers: a whitelist over Python's `ast`.

    + - * / ** ^   unary minus   1e-3   ( )   names
    log exp sqrt sigmoid logsigmoid abs (one argument)   min max sum (one or more)

Authors write it in cards and learners type it, so × · ÷ − ² √ and Greek letters are
read too: β is the name beta, π the name pi, σ( is sigmoid(, ln( is log(.
Multiplication is never left out: 2*beta. Nothing is executed: no `eval`, no code
objects. Arithmetic is IEEE double throughout and never raises (see arithmetic), so
9**9**9**9 costs three float powers and is inf.
"""

import ast
import math
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from drillbox.domain.expression.arithmetic import FUNCTIONS, OPERATORS
from drillbox.domain.expression.latex import latex
from drillbox.domain.expression.tokens import GREEK, ExpressionError, tokens_of
from drillbox.domain.expression.tree import tree_of
from drillbox.words import _

__all__ = [
    "FUNCTIONS",
    "GREEK",
    "Comparison",
    "Expression",
    "ExpressionError",
    "compare",
    "parse",
]

MAX_CHARACTERS = 500
_SAME = 1e-12  # relative; two numbers this near are the same number in a comparison


@dataclass(frozen=True, slots=True)
class Expression:
    """Something that can be worked out. names: the variables that stand in it.

    `str()` gives it in normal form: the same spaces and parentheses for everyone.
    """

    text: str
    names: frozenset[str]
    _tree: ast.expr = field(repr=False, compare=False)

    def evaluate(self, values: Mapping[str, float]) -> float:
        """Its value; may be inf or nan. ExpressionError if a name has no value."""
        return self.trace(values)[0]

    def trace(self, values: Mapping[str, float]) -> tuple[float, bool]:
        """Its value, and whether a step to it left the range of doubles.

        That is: was infinite, lost digits (below 2.2e-308), or was exp of something
        and yet 0.
        """
        run = _Run(values)
        return run.value(self._tree), run.extreme

    @property
    def latex(self) -> str:
        """As it would be written on a board."""
        return latex(self._tree)

    def __str__(self) -> str:
        return ast.unparse(self._tree)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expressions and one of < <= > >= == != between them."""

    left: Expression
    symbol: str
    right: Expression

    @property
    def names(self) -> frozenset[str]:
        """The variables on both sides."""
        return self.left.names | self.right.names

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether it is true; never with a nan in it.

        Numbers within 1e-12 of each other (relative) count as equal, so that
        0.1 + 0.2 <= 0.3 holds and 0.1 + 0.2 > 0.3 does not.
        """
        left, right = self.left.evaluate(values), self.right.evaluate(values)
        if math.isnan(left) or math.isnan(right):
            return False
        if math.isclose(left, right, rel_tol=_SAME):
            return self.symbol in ("<=", ">=", "==")
        return _UNEQUAL[self.symbol](left, right)


_UNEQUAL: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a > b,
    "==": lambda a, b: False,
    "!=": lambda a, b: True,
}
_COMPARISONS = re.compile(r"<=|>=|==|!=|[<>≤≥≠]")
_ASCII = {"≤": "<=", "≥": ">=", "≠": "!="}


def parse(text: str) -> Expression:
    """Read an expression; ExpressionError says where and what to write instead."""
    return _parsed(text, 0)


def compare(text: str) -> Comparison:
    """Read one comparison such as `a > 2*b`; ExpressionError if it is none."""
    found = list(_COMPARISONS.finditer(text))
    if not found:
        advice = _("write two expressions with one of < <= > >= == != between them")
        raise ExpressionError(1, _("there is no comparison"), advice)
    if len(found) > 1:
        column = found[1].start() + 1
        what = _("a second comparison")
        raise ExpressionError(column, what, _("write it on its own"))
    at = found[0]
    left, right = _parsed(text[: at.start()], 0), _parsed(text[at.end() :], at.end())
    return Comparison(left, _ASCII.get(at[0], at[0]), right)


@lru_cache(maxsize=4096)
def _parsed(text: str, offset: int) -> Expression:
    if len(text) > MAX_CHARACTERS:
        what = _("{n} characters are too many").format(n=len(text))
        advice = _("write at most {n}").format(n=MAX_CHARACTERS)
        raise ExpressionError(offset + 1, what, advice)
    tree, names = tree_of(tokens_of(text, offset))
    return Expression(text, names, tree)


@dataclass(slots=True)
class _Run:
    """One evaluation. extreme: some step of it left the range of doubles."""

    values: Mapping[str, float]
    extreme: bool = False

    def value(self, node: ast.expr) -> float:
        """The value of a checked node."""
        result = self._step(node)
        if math.isinf(result) or abs(result) < sys.float_info.min:
            self.extreme = self.extreme or result != 0 or _vanishes(node)
        return result

    def _step(self, node: ast.expr) -> float:
        match node:
            case ast.Constant():
                return _number(node)
            case ast.Name():
                return self._named(node)
            case ast.UnaryOp():
                value = self.value(node.operand)
                return -value if isinstance(node.op, ast.USub) else value
            case ast.BinOp():
                left, right = self.value(node.left), self.value(node.right)
                return OPERATORS[type(node.op)](left, right)
            case ast.Call(func=ast.Name(id=name)):
                return FUNCTIONS[name](*map(self.value, node.args))
        raise AssertionError(f"unchecked {type(node).__name__}")

    def _named(self, node: ast.Name) -> float:
        if node.id not in self.values:
            known = ", ".join(self.values)
            one_of = _("write one of {names}").format(names=known)
            advice = one_of if known else _("write a number")
            what = _("`{name}` has no value here").format(name=node.id)
            raise ExpressionError(node.col_offset, what, advice)
        return float(self.values[node.id])


def _vanishes(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="exp" | "sigmoid")):
            return True
    return False


def _number(node: ast.Constant) -> float:
    value = node.value
    assert isinstance(value, int | float)
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return math.inf
