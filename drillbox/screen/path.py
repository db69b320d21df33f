"""The path: phases and drops as the lines of one widget, however many they are.

With a widget for each drop Textual would lay all of them out at every key, 100 ms for
200 drops; here a key paints two drops. Imports Textual and the standard library only.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.selection import Selection

    from drillbox.screen.standing import Row

TALL, ROOMY = 20, 38  # lines of a window that is not short; that has room for outcomes
WIDE, NARROW = 70, 50  # columns of a window that has room for words; for figures
SIGNS = {"done": "✓", "today": "→", "later": "·"}
INDENT = "  "


class Line(NamedTuple):
    """A line: its text, its component class, and the place of its drop, if any."""

    text: str
    look: str
    place: int | None = None


class CoursePath(Widget):
    """Every phase and drop; one drop is under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "path--phase",
        "path--outcome",
        "path--done",
        "path--today",
        "path--later",
        "path--cursor",
    }

    class Pointed(Message):
        """A drop was clicked."""

        def __init__(self, place: int) -> None:
            self.place = place
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.cursor = 0
        self.lines: list[Line] = []
        self.laid_for: Size | None = None

    def show(self, rows: "Sequence[Row]") -> None:
        """Other phases and drops."""
        self.rows, self.laid_for = rows, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that there are in this width and in a window of this size."""
        room = Size(width, viewport.height)
        if room != self.laid_for:
            self.laid_for = room
            self.lines = list(laid(self.rows, width, viewport))
        return len(self.lines)

    def point(self, place: int) -> None:
        """Put the cursor on a drop, and paint that one and the one it left."""
        before, self.cursor = self.cursor, place
        if before != place:
            self.refresh(self.region_of(before), self.region_of(place))

    def region_of(self, place: int) -> Region:
        """Where a drop stands in the path."""
        span = [y for y, line in enumerate(self.lines) if line.place == place]
        return Region(0, span[0], self.size.width, len(span)) if span else Region()

    def render_line(self, y: int) -> Strip:
        """A line in its colours, with the cursor and with what is marked."""
        if y >= len(self.lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        text, look, place = self.lines[y]
        looks = [look] if look else []
        if place is not None and place == self.cursor:
            looks.append("path--cursor")
            first = self.lines[y - 1].place != place if y else True
            text = f"›{text[1:]}" if first else text
        shown = self.marked(Content(text), y)
        style = self.get_visual_style(*looks)
        return Strip(shown.render_segments(style)).apply_offsets(0, y)

    def marked(self, text: Content, y: int) -> Content:
        """The line with what is marked by the mouse."""
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is None:
            return text
        colours = self.screen.get_component_styles("screen--selection")
        start, end = span
        return text.stylize(
            Style.from_styles(colours), start, None if end == -1 else end
        )

    def get_selection(self, selection: "Selection") -> tuple[str, str] | None:
        """The text that is marked."""
        text = "\n".join(line.text.rstrip() for line in self.lines)
        return selection.extract(text), "\n"

    def on_click(self, event: events.Click) -> None:
        """A click on a drop."""
        place = self.lines[event.y].place if event.y < len(self.lines) else None
        if place is not None:
            self.post_message(self.Pointed(place))


def laid(rows: "Sequence[Row]", width: int, window: Size) -> Iterator[Line]:
    """The lines of a path of `width` cells in a window of this size."""
    place = 0
    for row in rows:
        if row.drop is None:
            yield from phase(row, width, window.height)
        else:
            for text in drop(row, width, window.width):
                yield Line(text, f"path--{row.mark}", place)
            place += 1


def phase(row: "Row", width: int, height: int) -> Iterator[Line]:
    """A phase below an empty line, and what it leads to, where there is room."""
    inside = width - 2 * len(INDENT)
    if height >= TALL:
        yield Line("", "")
    for part in Content(row.text).wrap(inside):
        yield Line(f"{INDENT}{part.plain}", "path--phase")
    if height >= ROOMY:
        for part in Content(row.outcome).wrap(inside):
            yield Line(f"{INDENT}{part.plain}", "path--outcome")


def drop(row: "Row", width: int, columns: int) -> Iterator[str]:
    """A drop's sign, number and title, and at the right how far it is."""
    assert row.drop is not None
    sign = f"{INDENT}{SIGNS[row.mark]} {row.drop.number:>2}  "
    far = learned(row, columns)
    inside = max(1, width - len(sign) - cell_len(far))
    for part in Content(row.text).wrap(inside):
        yield f"{sign}{part.plain}{' ' * (inside - part.cell_length)}{far}"
        sign, far = " " * len(sign), " " * cell_len(far)


def learned(row: "Row", columns: int) -> str:
    """How far a drop is, in words or in what a narrow window has room for."""
    if columns < NARROW:
        return f" {row.learned.briefest()} "
    if columns < WIDE:
        return f" {row.learned.brief()} "
    words = "" if row.learned.name == "waiting" else f"  {row.learned.words()}"
    return f"{words}  "
