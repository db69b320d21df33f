"""A picture says what its formula says: an expression laid out, read back cell by cell
and worked out has the value it had.

The reader knows what a person knows: a bar is the line of a fraction, what sticks out
above is a power, a bracket ends where its partner stands. It is told no baseline.
"""

import unicodedata
from decimal import Context, Decimal, DecimalException, localcontext

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drillbox.domain.mathtext import picture
from drillbox.domain.mathtext.symbols import SUPERSCRIPTS
from tests.domain.test_mathtext_laws import VALUES, trees

POWERS = {small: letter for letter, small in SUPERSCRIPTS.items() if small not in "*′"}
SUBSCRIPTED = {"y": "y_w", "θ": "θ_ref"}  # whose subscript has a row of its own
WORDS = ("____", "log", "KL", "xᵢ", "t′", "a", "b", "β", "y", "θ", "+", "−", "·", "×")
Grid = list[list[str]]  # rows of cells
Item = Decimal | str


def grid_of(shown: str) -> Grid:
    """The cells of a picture, each with its accents."""
    rows: Grid = []
    for row in shown.split("\n"):
        rows.append([])
        for character in row:
            if unicodedata.combining(character):
                rows[-1][-1] += character
            else:
                rows[-1].append(character)
    cells = max(map(len, rows))
    return [row + [" "] * (cells - len(row)) for row in rows]


def cut(grid: Grid, left: int, right: int) -> Grid:
    return [row[left:right] for row in grid]


def is_blank(grid: Grid) -> bool:
    return all(cell == " " for row in grid for cell in row)


def trimmed(grid: Grid) -> Grid:
    """Without blank columns on the left."""
    assert not is_blank(grid)
    left = 0
    while is_blank(cut(grid, left, left + 1)):
        left += 1
    return cut(grid, left, len(grid[0]))


def value(grid: Grid) -> Decimal:
    """Of a part that stands by itself."""
    grid = trimmed(grid)
    return Reader(grid, base_of(grid)).value()


def base_of(grid: Grid) -> int:
    """The row on which it stands, from what is leftmost."""
    grid = trimmed(grid)
    column = [row[0] for row in grid]
    if "─" in column:  # the line of a fraction is longer than any line in it
        lines = [bar(row, 0) for row in grid]
        assert lines.count(max(lines)) == 1
        return lines.index(max(lines))
    if "╭" in column:
        end = partner(grid[column.index("╭")], 0, "╭╮")
        return base_of(cut(grid, 1, end))
    if "┌" in column:
        top = column.index("┌") + 1
        return top + base_of(cut(grid[top:], 1, bar(grid[top - 1], 1)))
    (row,) = (k for k, cell in enumerate(column) if cell != " ")
    return row


def partner(row: list[str], first: int, pair: str) -> int:
    """Where the bracket that opens at `first` is closed."""
    depth = 0
    for k in range(first, len(row)):
        depth += (row[k] == pair[0]) - (row[k] == pair[1])
        if depth == 0:
            return k
    raise AssertionError(f"{pair} is not closed: {''.join(row)}")


def bar(row: list[str], first: int) -> int:
    """Where the line that begins at `first` has ended."""
    end = first
    while end < len(row) and row[end] == "─":
        end += 1
    return end


class Reader:
    """Reads a grid from left to right along its baseline."""

    def __init__(self, grid: Grid, base: int) -> None:
        self.grid, self.base, self.at = grid, base, 0
        self.line = grid[base]

    def value(self) -> Decimal:
        items: list[Item] = []
        while self.at < len(self.line):
            if self.line[self.at] == " ":
                assert is_blank(cut(self.grid, self.at, self.at + 1))
                self.at += 1
            else:
                items.append(self.item())
        return worked_out(items)

    def item(self) -> Item:
        """A sign, or a value with its power."""
        first = self.line[self.at]
        if first == "─":
            return self.fraction()
        if first == "(":
            found: Item = self.bracket(self.base, "()")
        elif first in "╭│╰√":
            found = self.tall()
        elif first.isdigit():
            found = self.number()
        else:
            found = self.word()
        is_sign = isinstance(found, str) and not {found} & {*VALUES, *SUBSCRIPTED}
        return found if is_sign else self.raised(found)

    def fraction(self) -> Decimal:
        left, self.at = self.at, bar(self.line, self.at)
        part = cut(self.grid, left, self.at)
        return value(part[: self.base]) / value(part[self.base + 1 :])

    def bracket(self, row: int, pair: str) -> Decimal:
        left, right = self.at, partner(self.grid[row], self.at, pair)
        self.at = right + 1
        return value(cut(self.grid, left + 1, right))

    def tall(self) -> Decimal:
        """A bracket of several rows, or a root: its column says which."""
        top = self.base
        while self.grid[top][self.at] in "│╰√":
            top -= 1
        if self.grid[top][self.at] == "╭":
            return self.bracket(top, "╭╮")
        assert self.grid[top][self.at] == "┌"
        left, self.at = self.at + 1, bar(self.grid[top], self.at + 1)
        return value(cut(self.grid[top + 1 :], left, self.at)).sqrt()

    def number(self) -> Decimal:
        digits = ""
        while self.at < len(self.line) and self.line[self.at].isdigit():
            if self.line[self.at] in POWERS:
                break
            digits += self.line[self.at]
            self.at += 1
        return Decimal(digits)

    def word(self) -> str:
        rest = "".join(self.line[self.at :])
        if rest.startswith("v̂ₜ"):
            self.at += 2
            return "v̂ₜ"
        if rest.startswith("/"):
            self.at += 1
            return "/"
        (word,) = (word for word in WORDS if rest.startswith(word))
        self.at += len(word)
        return word

    def raised(self, base: Item) -> Decimal:
        """The value to the power that stands after it, small or above."""
        left, small = self.at, ""
        while self.at < len(self.line) and self.line[self.at] in POWERS:
            small += POWERS[self.line[self.at]]
            self.at += 1
        while self.at < len(self.line) and self.line[self.at] == " ":
            self.at += 1
        beside = cut(self.grid, left, self.at)
        above, below = beside[: self.base], beside[self.base + 1 :]
        if isinstance(base, str):
            under = "".join(cell for row in below for cell in row).strip()
            base = VALUES[SUBSCRIPTED.get(base, base)]
            assert under in ("", "w", "ref")
        if small:
            return base ** value([list(small)])
        if is_blank(above):
            return base
        return base ** value(in_full(above))


def in_full(grid: Grid) -> Grid:
    """A power in small characters, beside a tall bracket, in those of full size."""
    cells = [cell for row in grid for cell in row if cell != " "]
    if any(cell not in POWERS for cell in cells):
        return grid
    return [[POWERS.get(cell, cell) for cell in row] for row in grid]


def worked_out(items: list[Item]) -> Decimal:
    """A sum of products; side by side, `·`, `×` and `/` go from left to right."""
    total, sign = Decimal(0), Decimal(1)
    while items:
        if items[0] in ("+", "−"):
            sign = Decimal(1 if items.pop(0) == "+" else -1)
        term = factor(items)
        while items and items[0] not in ("+", "−"):
            over = items[0] == "/"
            if items[0] in ("/", "·", "×"):
                items.pop(0)
            term = term / factor(items) if over else term * factor(items)
        total += sign * term
    return total


def factor(items: list[Item]) -> Decimal:
    first = items.pop(0)
    if first == "log":
        return factor(items).ln()
    assert isinstance(first, Decimal), first
    return first


@given(st.data())
@settings(deadline=None, max_examples=400)
def test_the_picture_has_the_value_of_the_formula(data: st.DataObject) -> None:
    with localcontext(Context(prec=60)):
        try:
            tree = data.draw(trees(data.draw(st.integers(1, 8))))
        except DecimalException:
            assume(False)
        shown = picture(tree.source, 10_000)
        found = value(grid_of(shown))
        error = abs(found - tree.value) / max(1, abs(tree.value))
        assert error < Decimal("1e-20"), f"{tree.source}\n{shown}"
