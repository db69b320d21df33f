r"""An expression as LaTeX, to show what was understood of what was typed.

Every product has its dot and a quotient is a fraction, so that its picture leaves no
doubt about what belongs together. Parentheses stand only where they are needed: those
that were typed are no part of an expression.
"""

import ast
from collections.abc import Mapping

from drillbox.domain.expression.tokens import GREEK

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)  # how strongly each binds

_GREEK = frozenset(GREEK.values()) - {"omicron"}
_SIGNS: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.Add: (" + ", _SUM),
    ast.Sub: (" - ", _SUM),
    ast.Mult: (r" \cdot ", _PRODUCT),
}
_FUNCTIONS = {
    "sigmoid": r"\sigma",
    "logsigmoid": r"\log\sigma",
    "sum": r"\mathrm{sum}",
}


def latex(tree: ast.expr) -> str:
    """The LaTeX of a checked tree (see `tree_of`)."""
    return _inside(tree, _SUM)


def _inside(node: ast.expr, least: int) -> str:
    """The node, in parentheses if it binds less strongly than `least`."""
    text, binds = _written(node)
    return text if binds >= least else rf"\left({text}\right)"


def _written(node: ast.expr) -> tuple[str, int]:
    """The LaTeX of a node, and how strongly it binds."""
    match node:
        case ast.Constant():
            return _number(node)
        case ast.Name():
            return _name(node.id), _ATOM
        case ast.UnaryOp():
            sign = "-" if isinstance(node.op, ast.USub) else "+"
            return sign + _inside(node.operand, _PRODUCT + 1), _SIGN
        case ast.BinOp():
            return _pair(node)
        case ast.Call(func=ast.Name(id=name)):
            return _call(name, node.args), _ATOM
    raise AssertionError(f"unchecked {type(node).__name__}")


def _pair(node: ast.BinOp) -> tuple[str, int]:
    if isinstance(node.op, ast.Div):
        left, right = latex(node.left), latex(node.right)
        return rf"\frac{{{left}}}{{{right}}}", _PRODUCT
    if isinstance(node.op, ast.Pow):
        return f"{_base(node.left)}^{{{latex(node.right)}}}", _POWER
    sign, binds = _SIGNS[type(node.op)]
    # What stands on the right keeps its parentheses: a − (b − c), a · (−b).
    left = _inside(node.left, binds)
    right = _inside(node.right, _POWER if _leads(node.right) else binds + 1)
    return left + sign + right, binds


def _leads(node: ast.expr) -> bool:
    """Whether it begins with a sign."""
    while isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div):
        node = node.left
    return isinstance(node, ast.UnaryOp)


def _base(node: ast.expr) -> str:
    """What is raised to a power; a function is raised as a whole."""
    bare = isinstance(node, ast.Name | ast.Constant)
    return _inside(node, _ATOM if bare else _ATOM + 1)


def _number(node: ast.Constant) -> tuple[str, int]:
    assert isinstance(node.value, int | float)
    digits, _, exponent = repr(node.value).removesuffix(".0").partition("e")
    if digits == "inf":
        return r"\infty", _ATOM
    if not exponent:
        return digits, _ATOM
    return rf"{digits} \cdot 10^{{{int(exponent)}}}", _PRODUCT


def _name(name: str) -> str:
    """A letter as it is, more of them upright; what follows `_` is a subscript."""
    base, *below = filter(None, name.split("_"))
    if not below:
        return _word(base)
    return f"{_word(base)}_{{{','.join(map(_word, below))}}}"


def _word(word: str) -> str:
    if word in _GREEK:
        return f"\\{word}"
    letter = len(word) == 1 or word.isdigit()
    return word if letter else rf"\mathrm{{{word}}}"


def _call(name: str, args: list[ast.expr]) -> str:
    inside = ", ".join(map(latex, args))
    if name == "sqrt":
        return rf"\sqrt{{{inside}}}"
    if name == "abs":
        return rf"\left|{inside}\right|"
    return rf"{_FUNCTIONS.get(name, chr(92) + name)}\left({inside}\right)"
