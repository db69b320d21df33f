"""A formula's tree → a box, as it stands on a board.

Fractions have a bar that is longer than any bar in them. A script is a small character
where Unicode has one that terminals show well (₁, ᵢ, ²), else it has a row of its own.
Limits stand below and above sums and maxima; brackets grow with what is in them.

What is drawn is in the fonts of terminals (DejaVu Sans Mono has all of it); letters as
𝔼 and ℒ are not in every one and come from another font, one cell wide as on a line.
"""

from drillbox.domain.mathtext.accents import BAR, under_accent
from drillbox.domain.mathtext.box import (
    EMPTY,
    Box,
    beside,
    blank,
    covered,
    of_text,
    stacked,
)
from drillbox.domain.mathtext.brackets import fenced
from drillbox.domain.mathtext.parts import parts_of
from drillbox.domain.mathtext.scripts import attached, limits, small
from drillbox.domain.mathtext.spacing import gaps
from drillbox.domain.mathtext.symbols import SUBSCRIPTS, SUPERSCRIPTS
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

_SHORTEST = 3  # cells; a shorter bar looks like a minus
_LIMITS = (
    *("∑", "∏", "⋃", "⋂", "max", "min", "sup", "inf", "lim", "limsup", "liminf"),
    *("arg max", "arg min", "det", "gcd", "Pr"),
)


def box_of(row: Row, tight: bool = False) -> Box:
    """The row laid out. tight: without blanks around operators, as in scripts."""
    parts = parts_of(row)
    for part in parts:
        if isinstance(part.node, Symbol | Text):
            part.text = part.node.text
    boxes: list[Box] = []
    for part, cells in zip(parts, (0, *gaps(parts, tight)), strict=False):
        boxes += [blank(cells)] if cells else []
        boxes.append(_box(part.node, tight))
    return beside(boxes)


def _box(node: Node, tight: bool) -> Box:
    match node:
        case Symbol(text=text) | Text(text=text):
            return of_text(text)
        case Scripts():
            return _scripts(node, tight)
        case Fenced(opening=opening, body=body, closing=closing):
            return fenced(opening, box_of(body, tight), closing)
        case Accent(letter=letter, mark=mark):
            return of_text(letter + mark)
        case WideAccent(body=body, mark=mark):
            return under_accent(box_of(body, tight), mark)
        case Fraction(top=top, bottom=bottom):
            return _fraction(box_of(top, tight), box_of(bottom, tight))
        case Root(sign=sign, body=body):
            return _root(sign, box_of(body, tight))
        case Matrix(opening=opening, rows=rows, closing=closing):
            return fenced(opening, _matrix(rows, "centre", 2), closing)
        case Lines(rows=rows, brace=True):
            return fenced("{", _matrix(rows, "left", 2), "")
        case Lines(rows=rows):
            return _aligned(rows)
        case Space():
            raise AssertionError("spaces are in the parts' blanks")


def _fraction(top: Box, bottom: Box) -> Box:
    cells = max(_SHORTEST, _under_bar(top), _under_bar(bottom))
    return stacked([top, of_text(BAR * cells), bottom], len(top.rows))


def _under_bar(box: Box) -> int:
    """Cells of the bar it needs: longer than one that goes all through the box."""
    has_bar = box.width > 1 and BAR * box.width in box.rows
    return box.width + 2 * has_bar


def _root(sign: str, body: Box) -> Box:
    """A line over all of the body, and its sign before the body's last covered row."""
    foot = body.last if body.tall else body.base
    under = len(body.rows) - foot - 1
    side = ("┌", *("│",) * foot, sign, *(" ",) * under)
    over = BAR * body.width
    rows = (over, *body.rows)
    return Box(
        tuple(mark + row for mark, row in zip(side, rows, strict=True)),
        body.width + 1,
        body.base + 1,
        0,
        foot + 1,
    )


# -- scripts


def _scripts(node: Scripts, tight: bool) -> Box:
    base = node.base
    if isinstance(base, Symbol) and base.text in _LIMITS and not tight:
        below, above = _row_of(node.below), _row_of(node.above)
        return limits(of_text(base.text), below, above)
    low, high = small(node.below, SUBSCRIPTS), small(node.above, SUPERSCRIPTS)
    below = None if low else _row_of(node.below)
    above = None if high else _row_of(node.above)
    box = _box(base, tight)
    if isinstance(base, WideAccent):  # its scripts stand beside the accent too
        box = covered(box, 0, box.last)
    return attached(box, low, below, high, above)


def _row_of(row: Row | None) -> Box | None:
    return box_of(row, tight=True) if row else None


# -- lines


def _matrix(rows: tuple[tuple[Row, ...], ...], align: str, between: int) -> Box:
    """Cells in columns, all aligned alike."""
    boxes = [[box_of(cell) for cell in cells] for cells in rows]
    count = max(map(len, boxes), default=0)
    return _table(boxes, [align] * count, [between] * (count - 1))


def _aligned(rows: tuple[tuple[Row, ...], ...]) -> Box:
    """Columns right and left of each `&` that lines up; two blanks between pairs."""
    boxes = [[box_of(cell) for cell in cells] for cells in rows]
    count = max(map(len, boxes), default=0)
    aligns = ["right" if k % 2 == 0 else "left" for k in range(count)]
    if count == 1:
        aligns = ["left"]
    spaces = [1 if k % 2 == 0 else 2 for k in range(count - 1)]
    return _table(boxes, aligns, spaces)


def _table(boxes: list[list[Box]], aligns: list[str], spaces: list[int]) -> Box:
    count = len(aligns)
    cells = [
        max((row[k].width for row in boxes if k < len(row)), default=0)
        for k in range(count)
    ]
    lines = [_line(row, cells, aligns, spaces) for row in boxes]
    if any(len(line.rows) > 1 for line in lines):
        lines = [one for line in lines for one in (line, EMPTY)][:-1]
    height = sum(len(line.rows) for line in lines)
    whole = stacked(lines, (height - 1) // 2, "left")
    return covered(whole, 0, height - 1)


def _line(
    row: list[Box], cells: list[int], aligns: list[str], spaces: list[int]
) -> Box:
    """One line: each box in its column."""
    padded: list[Box] = []
    for k, one in enumerate(row):
        spare = cells[k] - one.width
        left = {"left": 0, "right": spare}.get(aligns[k], spare // 2)
        padded += [blank(left), one, blank(spare - left)]
        padded += [blank(spaces[k])] if k < len(spaces) else []
    return beside(padded)
