"""What signs of several meanings mean where they stand, for those who only hear them.

A `d` is a differential, a Δ a change, a colon `from` or `such that`.
Such a sign gets a glyph of its own, which is never shown, or joins in another way.
"""

from itertools import pairwise
from typing import Literal

from drillbox.domain.mathtext.parts import Part, parts_of
from drillbox.domain.mathtext.tree import Accent, Fraction, Node, Row, Scripts, Symbol

Within = Literal["", "d/d", "set", "limit"]  # what the row is a part of

D = Symbol("d", "ord")
TO = Symbol("→", "rel")
CHANGE = Symbol("∆", "function")  # U+2206, which no source can have
FROM = Symbol(":→", "rel")
GOES_TO = Symbol("→∞", "rel")
SUCH_THAT = Symbol(":", "rel")
_COMMA = Symbol(",", "punct")
_ARROWS = {
    TO: FROM,
    Symbol("⟶", "rel"): FROM,
    Symbol("↦", "rel"): _COMMA,
}
_UPRIGHT = Symbol("d", "prefix")
_DELTA, _PERCENT = Symbol("Δ", "ord"), Symbol("%", "ord")
_GIVEN = Symbol("|", "mid")
_PARTIAL, _INTEGRAL = Symbol("∂", "prefix"), Symbol("∫", "big")
_SPECIAL = frozenset("dΔ:%|→")


def meant_parts(row: Row, within: Within) -> list[Part]:
    """The parts of the row, each sign that has several meanings made the one meant."""
    parts = parts_of(row)
    if _SPECIAL.isdisjoint([_text(part.node) for part in parts]):
        return parts
    _make_differentials(parts, within)
    if within == "set":
        _replace_first(parts, _GIVEN, SUCH_THAT)
    elif within == "limit":
        _replace_first(parts, TO, GOES_TO)
    else:
        _make_maps(parts)
    for left, right in pairwise(parts):
        if left.node == _DELTA and _follows(right):
            left.node, left.join = CHANGE, "function"
        if right.node == _PERCENT:
            right.join = "post"
    return parts


def _text(node: Node) -> str:
    """The sign, if it is one, with scripts or without."""
    base = node.base if isinstance(node, Scripts) else node
    return base.text if isinstance(base, Symbol) else ""


def is_derivative(node: Fraction) -> bool:
    """dL/dh, and d/dh alone."""
    heads = node.top[:1] + node.bottom[:1]
    both = len(heads) == 2 and all(map(is_d, heads))
    return both and 0 in _ds(parts_of(node.bottom))


def is_operator(node: Node) -> bool:
    """d/dx or ∂/∂x, which acts on what follows."""
    if not isinstance(node, Fraction) or len(node.top) != 1:
        return False
    top = node.top[0]
    base = top.base if isinstance(top, Scripts) else top
    return base == _PARTIAL or (
        base in (D, _UPRIGHT)
        and (is_derivative(node) or node.bottom[:1] == (_UPRIGHT,))
    )


def is_d(node: Node) -> bool:
    """A d that may be a differential, d² too."""
    match node:
        case Scripts(base=base, below=None, above=(Symbol(role="number"),)):
            return base == D
    return node == D


def _make_differentials(parts: list[Part], within: Within) -> None:
    """Under an integral it is no factor; elsewhere it takes another d to be sure."""
    integral = False
    ds = _ds(parts)
    for k, part in enumerate(parts):
        base = part.node.base if isinstance(part.node, Scripts) else part.node
        integral = integral or base == _INTEGRAL
        if integral and (k in ds or part.node == _UPRIGHT):
            part.join = "sign"
        elif k in ds and (within == "d/d" or len(ds) > 1):
            part.join = "prefix"


def _ds(parts: list[Part]) -> list[int]:
    """Where a d stands right before a variable or a function."""
    return [
        k
        for k, (part, after) in enumerate(pairwise(parts))
        if is_d(part.node) and _follows(after) and _is_variable(after)
    ]


def _is_variable(part: Part) -> bool:
    base = part.node.base if isinstance(part.node, Scripts) else part.node
    if part.join in ("function", "prefix") or isinstance(base, Accent):
        return True
    return isinstance(base, Symbol) and base.role in ("ord", "word")


def _follows(part: Part) -> bool:
    """Whether it may belong to the sign before it."""
    return part.blank < 2 and part.join in ("operand", "function", "big", "prefix")


def _replace_first(parts: list[Part], sign: Symbol, other: Symbol) -> None:
    for part in parts:
        if part.node == sign:
            part.node, part.join = other, "rel"
            return


def _make_maps(parts: list[Part]) -> None:
    """A colon with an arrow after it says where a function goes from and to."""
    arrow: Symbol | None = None
    for part in reversed(parts):
        if part.join == "punct":
            arrow = None
        elif isinstance(part.node, Symbol) and part.node in _ARROWS:
            arrow = _ARROWS[part.node]
        elif part.node == SUCH_THAT and arrow:
            part.node, part.join, arrow = arrow, "rel", None
