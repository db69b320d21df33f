"""Points and lines in character cells: braille of 2 × 4 dots, or one dot in ASCII."""

from collections.abc import Iterable, Iterator

BLANK = 0x2800
# The dots of a braille cell, by column and by row from the top.
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
PATH = "."  # what a line leaves in ASCII between its points
SHARED = "@"  # a cell in which signs of several series stand

Place = tuple[float, float]  # shares of width and height, from the left and the bottom
Dash = tuple[int, int]  # dots drawn, dots left out


class Canvas:
    """`width` by `height` cells. A sign stands in its cell alone."""

    def __init__(self, width: int, height: int, plain: bool = False) -> None:
        self.width, self.height, self.plain = width, height, plain
        self.across, self.down = (1, 1) if plain else (2, 4)
        self.dots: dict[tuple[int, int], int] = {}
        self.signs: dict[tuple[int, int], str] = {}

    def cell(self, place: Place) -> tuple[int, int]:
        """The column from the left and the row from the top that a place is in."""
        x, y = self._dot(place)
        return x // self.across, y // self.down

    def sign(self, place: Place, sign: str) -> None:
        """One sign at a place, SHARED where another stands already."""
        cell = self.cell(place)
        self.signs[cell] = sign if self.signs.get(cell, sign) == sign else SHARED

    def label(self, place: Place, sign: str) -> None:
        """A sign on a line, unless one stands there already."""
        self.signs.setdefault(self.cell(place), sign)

    def line(self, places: Iterable[Place], dash: Dash) -> None:
        """A line through places; they are painted whatever `dash` leaves out."""
        last: tuple[int, int] | None = None
        count = 0
        for place in places:
            here = self._dot(place)
            self._paint(*here)
            if last is not None:
                for x, y in _between(last, here):
                    if count % sum(dash) < dash[0]:
                        self._paint(x, y)
                    count += 1
            last = here

    def rows(self) -> list[str]:
        """The cells, from the top."""
        return [
            "".join(self._shown(column, row) for column in range(self.width))
            for row in range(self.height)
        ]

    def _dot(self, place: Place) -> tuple[int, int]:
        x, y = place
        wide, high = self.width * self.across, self.height * self.down
        return round(x * (wide - 1)), round((1 - y) * (high - 1))

    def _paint(self, x: int, y: int) -> None:
        cell = (x // self.across, y // self.down)
        dot = 1 if self.plain else DOTS[x % 2][y % 4]
        self.dots[cell] = self.dots.get(cell, 0) | dot

    def _shown(self, column: int, row: int) -> str:
        cell = (column, row)
        if cell in self.signs:
            return self.signs[cell]
        dots = self.dots.get(cell, 0)
        if not dots:
            return " "
        return PATH if self.plain else chr(BLANK + dots)


def _between(one: tuple[int, int], other: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots of a straight line, without the first."""
    across, down = other[0] - one[0], other[1] - one[1]
    count = max(abs(across), abs(down))
    for k in range(1, count + 1):
        yield one[0] + round(across * k / count), one[1] + round(down * k / count)
