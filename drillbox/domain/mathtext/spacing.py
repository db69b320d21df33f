"""How many blank cells stand between two parts of a row that is laid out."""

from itertools import pairwise

from drillbox.domain.mathtext.parts import Part
from drillbox.domain.mathtext.tree import (
    Fenced,
    Fraction,
    Lines,
    Matrix,
    Node,
    Root,
    Scripts,
    Symbol,
    Text,
    WideAccent,
)


def gaps(parts: list[Part], tight: bool) -> list[int]:
    """The cells before each part but the first.

    tight: no blanks around operators, as in scripts. The bar of `y|x` has blanks where
    its row has others.
    """
    pairs = list(pairwise(parts))
    cells = [max(_between(*pair, tight), pair[1].blank) for pair in pairs]
    if any(cells) and not tight:
        return [
            max(1, gap) if "mid" in (one.join, other.join) else gap
            for (one, other), gap in zip(pairs, cells, strict=True)
        ]
    return cells


def _between(left: Part, right: Part, tight: bool) -> int:
    joins = (left.join, right.join)
    if "mid" in joins:
        return int(not tight and "‖" in (_sign(left.node), _sign(right.node)))
    if right.join == "punct":
        return 0
    if "text" in joins:
        return 0 if left.text.endswith(" ") or right.text.startswith(" ") else 1
    if right.join == "post":
        return 0
    if _has_bar(left.node) or _has_bar(right.node):
        return 1
    return _of_signs(left, right, tight)


def _of_signs(left: Part, right: Part, tight: bool) -> int:
    joins = (left.join, right.join)
    if "bin" in joins or "rel" in joins:
        return 0 if tight or left.join == right.join == "rel" else 1
    if left.join == "punct":
        return 0 if tight else 1
    if "slash" in joins or left.join == "sign":
        return 0
    return _of_factors(left, right, tight)


def _has_bar(node: Node) -> bool:
    """Whether its line could run on into a sign, or a sign into its line."""
    base = node.base if isinstance(node, Scripts) else node
    if isinstance(base, Matrix):
        return not base.opening
    return isinstance(base, Fraction | Root | Lines)


def _of_factors(left: Part, right: Part, tight: bool) -> int:
    if right.join in ("function", "big") or left.join == "big":
        return 1
    if _in_brackets(right.node):
        return 0
    if left.join == "function" or (_in_brackets(left.node) and not tight):
        return 1
    return int(_would_run_together(left.node, right.node))


def _in_brackets(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Fenced | Matrix) and base.opening != "|"


def _sign(node: Node) -> str:
    return node.text if isinstance(node, Symbol) else ""


def _would_run_together(left: Node, right: Node) -> bool:
    kinds = (_kind(left), _kind(right))
    if "word" in kinds or "gap" in kinds:
        return True
    return kinds in (("number", "number"), ("bars", "bars"), ("prefix", "number")) or (
        left == Symbol("𝔼", "prefix")
    )


def _kind(node: Node) -> str:
    """The role of the sign a node begins with; bars for what stands between them."""
    base = node.base if isinstance(node, Scripts) else node
    match base:
        case Text() | WideAccent():
            return "word"
        case Fenced(opening="|" | "‖") | Matrix(opening="|" | "‖"):
            return "bars"
        case Symbol(role=role):
            return role
    return ""
