"""A formula's tree → one line that says the same, with brackets where LaTeX has none.

Three things hold in every line. A quotient that is not alone in its term stands in
brackets or behind a dot, so nothing is pulled under its slash. A script that Unicode
has no characters for is written _x or ^x, in brackets if it is more than a name. A
root or a power that something follows is closed with a bracket of its own.
"""

import re
import unicodedata

from drillbox.domain.mathtext.accents import LINE_NAMES
from drillbox.domain.mathtext.blanks import blank, is_bracket
from drillbox.domain.mathtext.parts import (
    Part,
    begins_in_text,
    is_application,
    join_of,
    joined,
    leaves,
    parts_of,
    without_end,
)
from drillbox.domain.mathtext.symbols import SUBSCRIPTS, SUPERSCRIPTS
from drillbox.domain.mathtext.tree import (
    Accent,
    Fenced,
    Fraction,
    Lines,
    Matrix,
    Node,
    Refused,
    Root,
    Row,
    Scripts,
    Space,
    Symbol,
    Text,
    WideAccent,
)
from drillbox.words import _

_SHORT = 12  # leaves; a numerator or denominator up to this is set without blanks
_LONG_GIVEN = 16  # characters; a longer a|b gets blanks around its bar
_LONG_SCRIPT = 6  # characters; a longer script is hard to read in small letters
_GIVEN = "\0"  # stands before a bar until its row is whole
_MARKS = "*′†⋆"  # superscripts that belong to the letter, before its subscript
_MULTIPLIES = ("operand", "slash", "post", "prefix", "function", "big")
_ACTS_ON_NEXT = ("function", "big", "prefix", "slash")
_SMALL = frozenset(SUBSCRIPTS.values()) | frozenset(SUPERSCRIPTS.values())
_DOT_OR_SUM = ("+", "−", "±", "∓", "·", "×")


def line_of(row: Row, tight: bool = False) -> str:
    """A formula, or what stands in brackets, as one line: a matrix alone needs none."""
    match row:
        case (Matrix(opening="", rows=rows),):
            return _matrix(rows)
    return lay_out(row, tight)


def lay_out(row: Row, tight: bool = False, followed: bool = False) -> str:
    """The row as one line.

    tight: no blanks around operators. followed: a slash or a factor comes right after.
    Raises Refused where every line would be ambiguous.
    """
    parts = parts_of(row)
    for k, part in enumerate(parts):
        part.followed = _is_followed(parts, k, followed)
        part.text = _as_argument(parts, k, _text(parts, k, tight))
    line = ""
    for k, part in enumerate(parts):
        if k:
            line += blank(parts[k - 1], part, tight)
        line += part.text
    return _given(line, tight)


def _given(line: str, tight: bool) -> str:
    """`y|x` when that is easy to read, `a, b | x` when not."""
    bare = line.replace(_GIVEN, "")
    spaced = not tight and (_has_outer_blank(bare) or len(bare) > _LONG_GIVEN)
    return re.sub(f" *{_GIVEN}(.) *", r" \1 " if spaced else r"\1", line)


def _has_outer_blank(text: str) -> bool:
    """Whether there is a blank outside all brackets."""
    depth = 0
    for character in text:
        depth += (character in "([{⟨⌊⌈") - (character in ")]}⟩⌋⌉")
        if character == " " and depth <= 0:
            return True
    return False


def _is_followed(parts: list[Part], k: int, row_is: bool) -> bool:
    """Whether a factor, a slash or a factorial comes right after part k."""
    if k + 1 == len(parts):
        return row_is
    after = parts[k + 1]
    return after.blank < 2 and after.join in _MULTIPLIES


# -- the nodes


def _text(parts: list[Part], k: int, tight: bool) -> str:
    node, followed = parts[k].node, parts[k].followed
    match node:
        case Symbol(text=text, role="mid"):
            return _GIVEN + text
        case Symbol(text=text) | Text(text=text):
            return text
        case Accent(letter=letter, mark=mark):
            return letter + mark
        case WideAccent(body=body, mark=mark):
            return f"{LINE_NAMES[mark]}({line_of(body, tight)})"
        case Fenced(opening=opening, body=body, closing=closing):
            return opening + line_of(body, tight) + closing
        case Fraction():
            _refuse_after_bare_argument(parts, k)
            text = _fraction(node)
            return f"({text})" if _is_pulled_at(parts, k) else text
        case Root():
            text = _root(node)
            return f"({text})" if followed and not text.endswith(")") else text
        case Scripts():
            return _scripts(node, tight, followed)
        case Matrix(opening=opening, rows=rows, closing=closing):
            return (opening or "(") + _matrix(rows) + (closing or ")")
        case Lines(rows=rows):
            text = _cases(rows) if node.brace else _lines(rows)
            return f"({text})" if followed and not node.brace else text
        case Space():
            raise AssertionError("spaces are in the parts' blanks")


def _is_pulled_at(parts: list[Part], k: int) -> bool:
    """Whether a quotient here needs brackets: a/b alone would lose or gain a factor."""
    return (
        parts[k].followed
        or (k > 0 and parts[k - 1].join in _ACTS_ON_NEXT)
        or _head(parts, k, through=("operand", "bin")) is not None
        or any(_sign(part) not in _DOT_OR_SUM for part in parts[max(k - 1, 0) : k + 2])
    )


def _sign(part: Part) -> str:
    """The glyph of a binary operator; any other part counts as a plus."""
    return (
        part.node.text if isinstance(part.node, Symbol) and part.join == "bin" else "+"
    )


def _as_argument(parts: list[Part], k: int, text: str) -> str:
    """The text of part k, kept together if it is the bare argument of a function.

    Brackets that were not in the source would end the argument: `log (√2)²` would be
    the square of a logarithm, `log (a/b) c` a product with one.
    """
    node = parts[k].node
    applied = k > 0 and parts[k - 1].join == "function"
    if not applied or is_bracket(node) or not text.startswith("("):
        return text
    if parts[k].followed:
        raise _unclear(parts[k - 1])
    return text if isinstance(node, Fraction) else f"({text})"


def _unclear(head: Part) -> Refused:
    said = _("it is unclear what {sign} applies to; put that in brackets")
    return Refused(said.format(sign=head.text))


def _head(parts: list[Part], k: int, through: tuple[str, ...]) -> Part | None:
    """What acts on the factors before part k, if it is not done with a bracket."""
    first = k
    while first and parts[first - 1].join in through:
        if _sign(parts[first - 1]) not in "·×" and parts[first - 1].join == "bin":
            return None
        first -= 1
    head = parts[first - 1] if 0 < first < k else None
    if head is None or head.join not in _ACTS_ON_NEXT:
        return None
    done = head.join == "function" and is_bracket(parts[first].node)
    return None if done else head


def _refuse_after_bare_argument(parts: list[Part], k: int) -> None:
    """`log x · a/b` and `1/x · a/b` would not say what LaTeX's blank leaves open."""
    head = _head(parts, k, through=("operand",))
    if head is not None and head.join in ("function", "slash"):
        raise _unclear(head)


def _fraction(node: Fraction) -> str:
    bare = _is_product(node.top)
    tight = max(leaves(node.top), leaves(node.bottom)) <= _SHORT
    top = lay_out(node.top, tight, followed=bare)
    if not bare or _has_outer_blank(top):
        top = f"({top})"
    bottom = lay_out(node.bottom, tight)
    if not _is_denominator(node) or _has_outer_blank(bottom):
        bottom = f"({bottom})"
    return f"{top}/{bottom}"


def _is_product(row: Row) -> bool:
    """Factors side by side, none a quotient; or one function of a bracket."""
    joins = [part.join for part in parts_of(row)]
    if joins == ["function", "operand"]:
        return is_application(row)
    return (
        bool(joins)
        and all(join in ("operand", "prefix") for join in joins)
        and not any(isinstance(node, Fraction | Text) for node in row)
    )


def _is_denominator(node: Fraction) -> bool:
    """One thing, f(x), or ∂x under a ∂."""
    parts = parts_of(node.bottom)
    if not parts or isinstance(parts[-1].node, Fraction | Text):
        return False
    if len(parts) == 1:
        return parts[0].join in ("operand", "prefix")
    alike = [part.join for part in parts] == ["prefix", "operand"]
    return (alike and _starts_alike(node)) or is_application(node.bottom)


def _starts_alike(node: Fraction) -> bool:
    """∂f/∂x and df/dx."""
    return bool(node.top) and _first_base(node.top) == _first_base(node.bottom)


def _first_base(row: Row) -> Node:
    first = row[0]
    return first.base if isinstance(first, Scripts) else first


def _root(node: Root) -> str:
    text = lay_out(node.body, tight=leaves(node.body) <= _SHORT)
    bare = len(parts_of(node.body)) == 1 and _is_bare_under_root(node.body, text)
    return node.sign + (text if bare else f"({text})")


def _is_bare_under_root(row: Row, text: str) -> bool:
    """One letter or number, with a subscript at most, or what is in brackets."""
    match row:
        case (Fenced(opening="(", closing=")"),):
            return True
        case (Scripts(base=Symbol() | Accent(), above=None),) | (Accent(),):
            return text[-1].isalnum() or bool(unicodedata.combining(text[-1]))
        case (Symbol(role="ord" | "number"),):
            return True
    return False


def _matrix(rows: tuple[tuple[Row, ...], ...]) -> str:
    for cells in rows:
        for cell in cells:
            _refuse_comma(cell, _("a matrix with a comma in a cell"))
    return "; ".join(", ".join(map(lay_out, cells)) for cells in rows)


def _refuse_comma(cell: Row, what: str) -> None:
    if any(part.join == "punct" for part in parts_of(cell)):
        raise Refused(what)


def _cases(rows: tuple[tuple[Row, ...], ...]) -> str:
    """`{x if x ≥ 0; −x otherwise}`; the word "if" where the source has no word."""
    return "{" + "; ".join(_case(cells) for cells in rows) + "}"


def _case(cells: tuple[Row, ...]) -> str:
    value, *condition = (without_end(cell) for cell in cells)
    _refuse_comma(value, _("cases with a comma in a cell"))
    if not condition:
        return lay_out(value)
    word = "" if begins_in_text(condition[0]) else "if "
    return f"{lay_out(value)} {word}{lay_out(condition[0]).strip()}"


def _lines(rows: tuple[tuple[Row, ...], ...]) -> str:
    """A line that begins with a relation goes on with the one before it."""
    text = ""
    for cells in rows:
        line = joined(cells)
        parts = parts_of(line)
        goes_on = bool(parts) and parts[0].join in ("rel", "sign")
        text += ("" if not text else " " if goes_on else "; ") + lay_out(line)
    return text


# -- scripts


def _scripts(node: Scripts, tight: bool, followed: bool) -> str:
    base = _script_base(node, tight)
    below = _script(node.below, SUBSCRIPTS, "_", followed=False)
    over = followed and join_of(node.base) != "big"
    above = _script(node.above, SUPERSCRIPTS, "^", over)
    if above and all(mark in _MARKS for mark in above):
        return base + above + below
    return base + below + above


def _script_base(node: Scripts, tight: bool) -> str:
    """The base, in brackets where the script would seem to belong to a part of it."""
    base = node.base
    text = lay_out((base,), tight)
    match base:
        case Scripts(below=None) if text.endswith("′"):
            return text
        case Fraction() | Root() | Text() | Scripts(above=tuple()):
            return f"({text})"
        case Scripts() if node.below is not None:
            return f"({text})"
        case Symbol(role="gap") if node.below is not None:
            return f"({text})"
    return text


def _script(row: Row | None, small: dict[str, str], mark: str, followed: bool) -> str:
    if not row:
        return ""
    text = lay_out(row, tight=True)
    name = _is_name(row)
    if not name and len(text) <= _LONG_SCRIPT and all(c in small for c in text):
        return "".join(small[c] for c in text)
    plain = text == "∞" or all(_is_letter(c) for c in text)
    alone = name or mark == "_" or len(row) == 1
    return mark + (text if plain and alone and not followed else f"({text})")


def _is_letter(character: str) -> bool:
    """Of full size, or an accent on one."""
    return (character.isalnum() and character not in _SMALL) or bool(
        unicodedata.combining(character)
    )


def _is_name(row: Row) -> bool:
    """ref, max, old: a whole word is easier to read in letters of full size."""
    match row:
        case (Symbol(text=text, role="word" | "function"),):
            return len(text) > 1
    return False
