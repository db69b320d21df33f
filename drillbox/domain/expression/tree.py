"""From tokens to Python's tree, with the few kinds of node that this language has."""

import ast
from collections.abc import Sequence
from difflib import get_close_matches

from drillbox.domain.expression.arithmetic import FUNCTIONS, OPERATORS, VARIADIC
from drillbox.domain.expression.tokens import ALIASES, ExpressionError, Token
from drillbox.words import _

MAX_NODES = 200
MAX_DEPTH = 100
MAX_EXPONENT = 1000
_PYTHON = {"^": "**", "²": "**2", "³": "**3"}


def tree_of(tokens: Sequence[Token]) -> tuple[ast.expr, frozenset[str]]:
    """The checked tree and the variables in it; in it `col_offset` is as typed.

    Names go to Python's parser behind an `n_`, so that lambda, in and None are names
    like others. Raises ExpressionError for what this language lacks, and past a cap.
    """
    source, columns = "", {}
    for token in tokens:
        columns[len(source)] = token.column
        source += _as_python(token) + " "
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        raise _too_long(tokens[0].column) from None
    checker = _Checker(columns)
    checker.check(tree, 1)
    return tree, frozenset(checker.names)


def _as_python(token: Token) -> str:
    if token.kind == "name":
        return "n_" + token.text
    if token.kind == "number":  # Python refuses 007
        stripped = token.text.lstrip("0")
        return stripped if stripped[:1].isdigit() else "0" + stripped
    return _PYTHON.get(token.text, token.text)


def _too_long(column: int) -> ExpressionError:
    return ExpressionError(
        column, _("this is too long"), _("write it in simpler parts")
    )


class _Checker:
    """Lets through what there is, and sets every node's column as typed."""

    def __init__(self, columns: dict[int, int]) -> None:
        self.columns = columns
        self.names: set[str] = set()
        self.nodes = 0

    def check(self, node: ast.expr, depth: int) -> None:
        """ExpressionError for a kind of node that is not in the language, or a cap."""
        node.col_offset = self.columns.get(node.col_offset, 1)
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _too_long(node.col_offset)
        for child in self._children(node):
            self.check(child, depth + 1)

    def _children(self, node: ast.expr) -> Sequence[ast.expr]:
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            _check_exponent(node)
            return (node.left, node.right)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return ()
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            return (node.operand,)
        if isinstance(node, ast.Call) and not node.keywords:
            _check_call(node)
            return node.args
        what = _("this has no meaning here")
        raise ExpressionError(node.col_offset, what, _("leave it"))

    def _name(self, node: ast.Name) -> Sequence[ast.expr]:
        node.id = node.id.removeprefix("n_")
        if node.id in FUNCTIONS:
            what = _("`{name}` is a function").format(name=node.id)
            advice = _("write {example}").format(example=f"{node.id}(…)")
            raise ExpressionError(node.col_offset, what, advice)
        self.names.add(node.id)
        return ()


def _check_exponent(node: ast.BinOp) -> None:
    exponent = node.right
    while isinstance(exponent, ast.UnaryOp):
        exponent = exponent.operand
    if not isinstance(node.op, ast.Pow) or not isinstance(exponent, ast.Constant):
        return
    if isinstance(exponent.value, int | float) and exponent.value > MAX_EXPONENT:
        advice = _("write one of at most {n}").format(n=MAX_EXPONENT)
        raise ExpressionError(node.col_offset, _("the exponent is too large"), advice)


def _check_call(call: ast.Call) -> None:
    function = call.func
    if not isinstance(function, ast.Name):
        advice = _("write {example}").format(example="*")
        raise ExpressionError(call.col_offset, _("this is no function"), advice)
    typed = function.id.removeprefix("n_")
    function.id = ALIASES.get(typed, typed)
    if function.id not in FUNCTIONS:
        raise ExpressionError(call.col_offset, *_unknown_function(typed))
    if function.id not in VARIADIC and len(call.args) != 1:
        what = _("`{name}` takes one argument, not {n}")
        what = what.format(name=function.id, n=len(call.args))
        advice = _("write {example}").format(example=f"{function.id}(x)")
        raise ExpressionError(call.col_offset, what, advice)


def _unknown_function(typed: str) -> tuple[str, str]:
    near = get_close_matches(typed.lower(), FUNCTIONS, n=1, cutoff=0.6)
    if near:
        none = _("there is no function `{name}`").format(name=typed)
        return none, _("write {example}").format(example=near[0])
    known = ", ".join(FUNCTIONS)
    advice = _("write {example}, or one of {names}")
    return (
        _("`{name}` is no function").format(name=typed),
        advice.format(example=f"{typed} * (…)", names=known),
    )
