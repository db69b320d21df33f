"""A drop shown again, outside the session."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Markdown, Static

from drillbox.domain.course import Drop
from drillbox.domain.mathtext import prose


class RereadScreen(Screen[None]):
    """A drop's text; any of its keys leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "app.pop_screen", "back"),
        Binding("space", "page", "read on"),
    ]

    def __init__(self, drop: Drop) -> None:
        super().__init__()
        self.drop = drop

    def compose(self) -> ComposeResult:
        """Title and text."""
        bar = f"Drop {self.drop.number} · {self.drop.minutes} minutes"
        yield Static(bar, classes="bar", markup=False)
        with VerticalScroll(classes="column"):
            yield Static(self.drop.title, classes="title", markup=False)
            yield Markdown(prose(self.drop.reading, escape=True))
        yield Footer(compact=True, show_command_palette=False)

    def action_page(self) -> None:
        """A page further."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)
