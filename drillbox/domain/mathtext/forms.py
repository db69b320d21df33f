"""The forms in which a formula is shown or said, each from its LaTeX source."""

from drillbox.domain.mathtext.layout import box_of
from drillbox.domain.mathtext.oneline import line_of
from drillbox.domain.mathtext.parse import parse
from drillbox.domain.mathtext.speech import spoken as words_of
from drillbox.domain.mathtext.tree import Refused


def render(source: str) -> str:
    """One line of Unicode that says what the LaTeX `source` says. Raises Refused."""
    return line_of(parse(source))


def line(source: str) -> str:
    """`render(source)`, or the source itself, unchanged, where it is refused."""
    try:
        return render(source)
    except Refused:
        return source


def spoken(source: str) -> str:
    """The words to read out. Raises Refused."""
    return words_of(parse(source))


def picture(source: str, width: int) -> str:
    """Rows as on a board, if they fit into `width` cells, else the line.

    The rows have no blanks at their ends. Raises Refused.
    """
    box = box_of(parse(source))
    if box.width > width:
        return render(source)
    return "\n".join(row.rstrip() for row in box.rows)
