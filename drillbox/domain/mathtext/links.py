"""What is said between two neighbours of a row: nothing, a pause, `of` or `times`."""

from drillbox.domain.mathtext.brief import is_list
from drillbox.domain.mathtext.meaning import is_operator
from drillbox.domain.mathtext.parts import Part, is_application, parts_of
from drillbox.domain.mathtext.tree import (
    Accent,
    Fenced,
    Node,
    Scripts,
    Symbol,
    WideAccent,
)
from drillbox.words import _

TAKES = "𝔼ℙ∇"
_WIDE = 2  # cells; a blank as wide as that parts two statements
_CONNECTING = (
    *("and", "are", "as", "at", "but", "by", "else", "for", "from", "if", "in"),
    *("is", "on", "or", "otherwise", "so", "then", "when", "where", "while", "with"),
)


def link(left: Part, right: Part, factors: bool) -> str:
    """The words between, "" for none. factors: say `times` between factors."""
    wide = right.blank >= _WIDE
    if _is_text(left, wide) or _is_text(right, wide):
        return ""
    if left.join in ("function", "big", "prefix") and _acts(left, right):
        return _("of")
    if left.join not in ("operand", "post") or is_gap(left.node) or is_gap(right.node):
        return ""
    if right.join not in ("operand", "function", "big", "prefix"):
        return ""
    if wide:
        return ","
    if is_operator(left.node) or _is_applied(left.node, right.node):
        return _("of")
    return _("times") if factors else ""


def _is_text(part: Part, wide: bool) -> bool:
    """Words between statements, and no quantity. wide: a wide blank is beside it."""
    if part.join == "text":
        return True
    match part.node:
        case Symbol(text=text, role="word"):
            return wide or text in _CONNECTING
    return False


def is_gap(node: Node) -> bool:
    """A gap may be a factor or a sign; nothing is said about it."""
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Symbol) and base.role == "gap"


def _acts(left: Part, right: Part) -> bool:
    """Whether `of` stands before what a sum, a log or an expectation is taken of."""
    base = left.node.base if isinstance(left.node, Scripts) else left.node
    if base == Symbol("arg", "function"):
        return False  # `argument of the` says it
    if left.join == "prefix" and not (isinstance(base, Symbol) and base.text in TAKES):
        return False
    return right.join in ("operand", "function", "big", "prefix", "sign")


def _is_applied(left: Node, right: Node) -> bool:
    """Whether the bracket on the right holds the arguments of what is on the left."""
    bracket = right.base if isinstance(right, Scripts) else right
    if not isinstance(bracket, Fenced) or bracket.opening not in "([":
        return False
    base = left.base if isinstance(left, Scripts) else left
    if isinstance(base, Fenced):  # f(r)(x, y)
        return any(part.join == "punct" for part in parts_of(bracket.body))
    if isinstance(base, Symbol) and base.role in ("ord", "word"):
        always = base.text == "𝟙" or is_application((left, bracket))
        return always or is_list(bracket.body)
    always = isinstance(base, WideAccent) and is_application((left, bracket))
    return always or (isinstance(base, Accent | WideAccent) and is_list(bracket.body))
