"""Brackets as tall as what is in them, drawn in lines that every terminal font has.

A bracket of one row is the character itself. A taller one is put together from the box
drawing characters (U+2500 to U+257F), which terminals join without a gap.
"""

from drillbox.domain.mathtext.box import EMPTY, Box, beside, of_text

# The pieces of a tall bracket: top, between, bottom.
_PIECES = {
    "(": "╭│╰",
    ")": "╮│╯",
    "[": "┌│└",
    "]": "┐│┘",
    "{": "╭│╰",
    "}": "╮│╯",
    "|": "│││",
    "‖": "‖‖‖",
    "⟨": "╱│╲",
    "⟩": "╲│╱",
    "⌊": "││└",
    "⌋": "││┘",
    "⌈": "┌││",
    "⌉": "┐││",
}
_POINTS = {"{": "┤", "}": "├"}  # where a brace looks away from what it holds


def fenced(opening: str, body: Box, closing: str) -> Box:
    """The body between two delimiters; "" for none."""
    height = body.last - body.first + 1
    left, right = (_bracket(sign, height, body) for sign in (opening, closing))
    return beside([left, body, right])


def _bracket(sign: str, height: int, body: Box) -> Box:
    if not sign:
        return EMPTY
    if height == 1:
        return of_text(sign)
    top, between, bottom = tuple(_PIECES[sign])
    rows = [top, *(between,) * (height - 2), bottom]
    base = body.base - body.first
    if sign in _POINTS:
        rows = _pointed(rows, sign)
    return Box(tuple(rows), 1, base, 0, height - 1)


def _pointed(rows: list[str], sign: str) -> list[str]:
    """A brace with its point in the middle; of two rows it has none."""
    if len(rows) > 2:
        rows[len(rows) // 2] = _POINTS[sign]
    return rows
