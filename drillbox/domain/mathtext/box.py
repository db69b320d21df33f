"""A box: rows of cells with a baseline, and how boxes are put together.

Boxes are never laid over one another: what is beside, over or under is in columns or
rows of its own, so no sign can hide another and every box is a rectangle.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drillbox.domain.mathtext.widths import width


class Box(NamedTuple):
    """A rectangle of text.

    rows: from the top, each `width` cells. base: the row on which it stands. first and
    last: the rows that a bracket around it covers; what sticks out of them are scripts.
    """

    rows: tuple[str, ...]
    width: int
    base: int
    first: int
    last: int

    @property
    def tall(self) -> bool:
        """Whether a bracket around it has to grow."""
        return self.last > self.first


@lru_cache(2_000)
def of_text(text: str) -> Box:
    """One row."""
    return Box((text,), width(text), 0, 0, 0)


def blank(cells: int) -> Box:
    """Nothing, so many cells wide."""
    return of_text(" " * cells)


EMPTY = blank(0)


def beside(boxes: Sequence[Box]) -> Box:
    """From left to right, all on one baseline."""
    if len(boxes) == 1:
        return boxes[0]
    if not boxes:
        return EMPTY
    if all(len(box.rows) == 1 for box in boxes):  # most rows, and twice as quick
        return of_text("".join([box.rows[0] for box in boxes]))
    base = max(box.base for box in boxes)
    height = base + max(len(box.rows) - box.base for box in boxes)
    columns = [_raised(box, base, height) for box in boxes]
    return Box(
        tuple(map("".join, zip(*columns, strict=True))),
        sum(box.width for box in boxes),
        base,
        min(box.first - box.base for box in boxes) + base,
        max(box.last - box.base for box in boxes) + base,
    )


def _raised(box: Box, base: int, height: int) -> Sequence[str]:
    """The rows of a box whose baseline is to be row `base` of `height`."""
    if len(box.rows) == height:
        return box.rows
    empty, over = " " * box.width, base - box.base
    under = height - len(box.rows) - over
    return (*(empty,) * over, *box.rows, *(empty,) * under)


def stacked(boxes: Sequence[Box], base: int, align: str = "centre") -> Box:
    """From the top down. base: the row of the whole on which it stands.

    align: `left`, `right`, or `centre`, which leaves an odd cell on the right.
    """
    cells = max((box.width for box in boxes), default=0)
    rows: list[str] = []
    for box in boxes:
        spare = cells - box.width
        left = {"left": 0, "right": spare}.get(align, spare // 2)
        before, after = " " * left, " " * (spare - left)
        rows += [before + row + after for row in box.rows]
    return Box(tuple(rows), cells, base, 0, max(len(rows) - 1, 0))


def covered(box: Box, first: int, last: int) -> Box:
    """The box with other rows for brackets to cover."""
    return box._replace(first=first, last=last)
