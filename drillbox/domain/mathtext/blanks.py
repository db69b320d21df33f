"""What stands between two parts of a line: nothing, a blank, or a dot."""

import re
import unicodedata

from drillbox.domain.mathtext.parts import Part
from drillbox.domain.mathtext.symbols import SUPERSCRIPTS
from drillbox.domain.mathtext.tree import (
    Fenced,
    Fraction,
    Matrix,
    Node,
    Scripts,
    Symbol,
    Text,
    WideAccent,
)

_ENDS_IN_SCRIPT = re.compile(r"[_^](?:\w[\w\u0300-\u036f\u20d7]*|\(.*\))$")
_BEGINS_IN_SCRIPT = re.compile(r"\w[\u0300-\u036f\u20d7]*[*′†⋆]*[_^]")


def blank(left: Part, right: Part, tight: bool) -> str:
    """What stands between two parts; a \\quad parts them whatever they are."""
    asked = " " * right.blank
    return asked if right.blank > 1 else _between(left, right, tight) or asked


def _between(left: Part, right: Part, tight: bool) -> str:
    if "mid" in (left.join, right.join) or right.join == "punct":
        return ""
    if "text" in (left.join, right.join):
        return "" if left.text.endswith(" ") or right.text.startswith(" ") else " "
    if left.join in ("bin", "rel") or right.join in ("bin", "rel"):
        both = left.join == right.join == "rel"
        return "" if tight or both else " "
    if left.join == "punct":
        return "" if tight else " "
    if "slash" in (left.join, right.join) or left.join == "sign":
        return ""
    if right.join in ("function", "big"):
        return " "
    if left.join == "function":
        alone = right.text.startswith("(") and not right.followed
        return "" if alone or is_bracket(right.node) else " "
    if left.join == "big":
        return " "
    return _side_by_side(left, right, tight)


def is_bracket(node: Node) -> bool:
    """Whether the node is in brackets of its own, scripts or not; bars do not count."""
    base = node.base if isinstance(node, Scripts) else node
    if isinstance(base, Matrix):
        return base.opening not in ("|", "‖")
    return isinstance(base, Fenced) and base.opening in "([{"


def _side_by_side(left: Part, right: Part, tight: bool) -> str:
    """Between two factors, or a prefix and what it acts on."""
    if isinstance(right.node, Fraction):
        if left.join == "prefix":
            return ""
        return "·" if tight else " · "
    if right.join == "post" or is_bracket(right.node):
        return ""
    after_bracket = is_bracket(left.node) and right.text[:1].isalpha() and not tight
    return " " if after_bracket or _would_run_together(left, right) else ""


def _would_run_together(left: Part, right: Part) -> bool:
    first, last = right.text[:1], left.text[-1:]
    if "word" in (_role(left.node), _role(right.node)):
        return True
    if "gap" in (_role(left.node), _role(right.node)):
        return True
    if isinstance(left.node, Fraction):
        return True
    if isinstance(left.node, Scripts) and _ENDS_IN_SCRIPT.search(left.text):
        return first.isalnum() or first in "√∛∜"
    if _BEGINS_IN_SCRIPT.match(right.text):
        return last.isalpha() or bool(unicodedata.combining(last))
    if first in "√∛∜":
        return last in SUPERSCRIPTS.values()
    if last.isdigit() and first.isdigit():
        return True
    return (last in "|‖" and first in "|‖") or last in "𝔼ℙ"


def _role(node: Node) -> str:
    """The role of the sign a node begins with; raw text and hat(…) count as words."""
    base = node.base if isinstance(node, Scripts) else node
    if isinstance(base, Text | WideAccent):
        return "word"
    return base.role if isinstance(base, Symbol) else ""
