"""The keys of the screen that is shown."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static


class HelpScreen(Screen[None]):
    """Every key that works on `about`, one a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,f1", "app.pop_screen", "back"),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.about = about

    def compose(self) -> ComposeResult:
        """Key and meaning."""
        yield Static("Keys", classes="bar")
        with VerticalScroll(classes="column"):
            for key, what in self.lines():
                yield Static(f"{key:<12} {what}", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def lines(self) -> list[tuple[str, str]]:
        """The keys that work on the screen below this one."""
        found: dict[str, str] = {}
        for active in self.about.active_bindings.values():
            binding = active.binding
            if binding.description and binding.action != "help":
                key = self.app.get_key_display(binding)
                found.setdefault(binding.description, key)
        return [(key, what) for what, key in found.items()]
