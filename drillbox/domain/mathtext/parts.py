"""The nodes of a row as parts that join: what is an operand, what acts on the next."""

from dataclasses import dataclass
from typing import Literal

from drillbox.domain.mathtext.symbols import Acting
from drillbox.domain.mathtext.tree import (
    Accent,
    Fenced,
    Fraction,
    Lines,
    Matrix,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Text,
    WideAccent,
)

# How a node joins its neighbours: an acting role, or `sign` (a minus before its
# operand), `text` (words with their own blanks), `operand` (all else with a value).
Join = Acting | Literal["operand", "sign", "text"]


@dataclass(slots=True)
class Part:
    """A node in its row.

    blank: width of the space before it. followed: whether a factor, a slash or a
    factorial comes right after it. text: the node, once laid out.
    """

    node: Node
    join: Join
    blank: int
    followed: bool = False
    text: str = ""


def parts_of(row: Row) -> list[Part]:
    """The row without its spaces, every sign told from an operator."""
    parts: list[Part] = []
    blank = 0
    for node in row:
        if isinstance(node, Space):
            blank += node.width
        else:
            parts.append(Part(node, join_of(node), blank))
            blank = 0
    _resolve_signs(parts)
    return parts


def join_of(node: Node) -> Join:
    """How the node joins, before its neighbours are looked at."""
    match node:
        case Symbol(role=role):
            match role:
                case "ord" | "number" | "word" | "gap" | "bar":
                    return "operand"
            return role
        case Scripts(base=Text()):
            return "operand"
        case Scripts(base=base):
            return join_of(base)
        case Text(text=text) if " " in text:
            return "text"
    return "operand"


def _resolve_signs(parts: list[Part]) -> None:
    """TeX's rule: an operator without an operand on both sides is a sign."""
    for k, part in enumerate(parts):
        if part.join == "bin" and not (
            k > 0
            and _has_value(parts[k - 1])
            and k + 1 < len(parts)
            and parts[k + 1].join not in ("rel", "punct", "mid", "slash")
        ):
            alone = isinstance(part.node, Symbol) and part.node.text in "·∗∘•"
            part.join = "operand" if alone else "sign"


def _has_value(part: Part) -> bool:
    """Text may name a quantity (`total loss − x`) or lead up to one (`where −x`)."""
    if isinstance(part.node, Text):
        return not part.node.text.endswith(" ")
    return part.join in ("operand", "post")


def is_application(row: Row) -> bool:
    """f(x) for an f that is a function here: log, π, σ, a name, or f(x, y), f(y|x)."""
    match [part.node for part in parts_of(row)]:
        case [head, Fenced(opening="(" | "[", body=body)]:
            name = _head(head)
            joins = {part.join for part in parts_of(body)}
            return _always_applies(name) or (
                isinstance(name, Symbol | Accent)
                and not joins & {"bin", "sign"}
                and (bool(joins & {"punct", "mid"}) or _letter(name) in "πpPqQfgZV")
            )
    return False


def _head(node: Node) -> Node:
    """The letter that says what kind of function this is, without scripts, accents."""
    match node:
        case Scripts(base=base) | WideAccent(body=(base,)):
            return _head(base)
    return node


def _always_applies(name: Node) -> bool:
    """Whether brackets after this name never mean a product here."""
    return isinstance(name, Symbol) and (
        name.role in ("function", "word", "prefix") or name.text == "σ"
    )


def _letter(node: Symbol | Accent) -> str:
    return node.letter if isinstance(node, Accent) else node.text


def without_end(row: Row) -> Row:
    """The row without a comma or a full stop at its end."""
    match row:
        case (*before, Symbol(text="," | ";" | ".")):
            return tuple(before)
    return row


def begins_in_text(row: Row) -> bool:
    """Whether it begins with words, such as `if` and `otherwise`."""
    parts = parts_of(row)
    match parts[0].node if parts else None:
        case Text() | Symbol(role="word"):
            return True
    return False


def joined(cells: tuple[Row, ...]) -> Row:
    """The cells of a line as one row."""
    return tuple(node for cell in cells for node in cell)


def leaves(row: Row) -> int:
    """How much there is to read in a row, about in characters."""
    total = 0
    for node in row:
        match node:
            case Symbol(text=text) | Text(text=text):
                total += len(text)
            case Fenced(body=body) | Root(body=body) | WideAccent(body=body):
                total += 2 + leaves(body)
            case Fraction(top=top, bottom=bottom):
                total += 1 + leaves(top) + leaves(bottom)
            case Scripts(base=base, below=below, above=above):
                total += leaves((base,)) + leaves(below or ()) + leaves(above or ())
            case Matrix(rows=rows) | Lines(rows=rows):
                total += sum(1 + leaves(cell) for cells in rows for cell in cells)
            case _:
                total += 1
    return total
