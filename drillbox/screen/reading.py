"""Reading a drop."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Markdown, Static

from drillbox.domain.mathtext import prose
from drillbox.screen.sitting import Sitting
from drillbox.screen.step import StepScreen
from drillbox.session import Done, Read


class ReadScreen(StepScreen):
    """A drop's text. Space pages on and, at the end, goes on to its cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page", "read on", priority=True),
        Binding("enter", "done", "read"),
        Binding("down", "scroll(1)", "scroll", show=False),
        Binding("up", "scroll(-1)", "scroll", show=False),
    ]

    def __init__(self, sitting: Sitting, step: Read) -> None:
        drop = step.drop
        heading = f"Drop {drop.number} · {drop.minutes} minutes"
        super().__init__(sitting, heading, f"{drop.file}:{drop.line}", step.notes)
        self.drop = drop

    def body(self) -> ComposeResult:
        """Title and text."""
        yield Static(self.drop.title, classes="title", markup=False)
        yield Markdown(prose(self.drop.reading, escape=True))

    def action_page(self) -> None:
        """A page further, or on to the cards from the end."""
        if self.writing:
            self.query_one("#note").insert_text_at_cursor(" ")  # type: ignore[attr-defined]
            return
        column = self.query_one(VerticalScroll)
        if column.scroll_offset.y >= column.max_scroll_y:
            self.action_done()
        else:
            column.scroll_page_down(animate=False)

    def action_scroll(self, lines: int) -> None:
        """A line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_done(self) -> None:
        """The drop is read."""
        if not self.writing:
            self.sitting.send(Done(self.elapsed_ms()))
