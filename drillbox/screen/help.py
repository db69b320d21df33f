"""The keys of the screen that is shown."""

from collections.abc import Iterator
from typing import ClassVar

from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from drillbox.screen.page import Page
from drillbox.screen.rows import NUMBERS, Row, Rows

Line = tuple[str, str]


class HelpScreen(Page[None], inherit_bindings=False):
    """Every key that works on `about`, one a line; also those behind Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "app.pop_screen", "back"),
        *Page.BINDINGS,
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__("The keys of this screen")
        self.about = about

    def body(self) -> ComposeResult:
        """Key and meaning."""
        lines = list(self.lines())
        width = max((len(key) for key, _ in lines), default=0)
        for key, what in lines:
            yield Row(f"{key:<{width}}  ", what)
        yield Static(
            "Nothing is lost by leaving: every answer is on disk before its verdict is "
            "shown. The mouse marks text; Ctrl+C copies it.",
            classes="quiet",
        )

    def lines(self) -> Iterator[Line]:
        """The keys of the focused widget, of the screen and of the app."""
        nodes: list[DOMNode] = [self.about, self.app]
        if self.about.focused is not None:
            nodes.insert(0, self.about.focused)
        said: set[str] = set()
        for node in nodes:
            for key, what in self.of(node):
                if what not in said:
                    said.add(what)
                    yield key, what

    def of(self, node: DOMNode) -> Iterator[Line]:
        """The keys of one node that do something now."""
        for binding in vars(type(node)).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.action != "help":
                _, action, parameters = parse(binding.action)
                if node.check_action(action, parameters):
                    yield self.shown(node, binding), binding.description

    def shown(self, node: DOMNode, binding: Binding) -> str:
        """A key as it is shown."""
        if binding.key == NUMBERS and isinstance(node, Rows):
            return node.span
        keys = binding.make_bindings([binding])
        labels = [self.app.get_key_display(key) for key in keys]
        return ", ".join(dict.fromkeys(labels))
