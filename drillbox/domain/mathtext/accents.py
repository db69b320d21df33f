"""Accents over more than one cell: a row above a body that stays on its baseline."""

from drillbox.domain.mathtext.box import Box, covered, of_text, stacked

BAR = "─"
_BAR_MARK, _VECTOR_MARK = "\u0304", "\u20d7"
_SIGNS = {"\u0302": "^", "\u0303": "~", "\u0307": ".", "\u0308": ".."}
# What an accent over more than a letter is called on a line: hat(xᵢ).
LINE_NAMES = {
    "\u0302": "hat",
    "\u0303": "tilde",
    _BAR_MARK: "bar",
    "\u0307": "dot",
    "\u0308": "ddot",
    _VECTOR_MARK: "vec",
}


def under_accent(body: Box, mark: str) -> Box:
    """The body with its accent: a bar or an arrow as long as it, a hat in its middle.

    Brackets cover what they cover of the body; the accent sticks out as a script does.
    """
    whole = stacked([of_text(_sign(body.width, mark)), body], body.base + 1)
    return covered(whole, body.first + 1, body.last + 1)


def _sign(cells: int, mark: str) -> str:
    if mark == _BAR_MARK:
        return BAR * cells
    if mark == _VECTOR_MARK:
        return BAR * (cells - 1) + "→"
    return _SIGNS[mark]
