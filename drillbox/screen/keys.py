"""The line of keys: those that work now, the next right one first."""

from collections.abc import Iterator

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from drillbox.screen.rows import NUMBERS, Rows

GAP = "  "


class Keys(Static):
    """As Textual's footer, but it wraps where the window is narrow."""

    def __init__(self) -> None:
        super().__init__("", classes="keys")
        self.auto_links = False  # a link's own colour would hide which part is the key

    def on_mount(self) -> None:
        """Hear of every change of what works."""
        self.screen.bindings_updated_signal.subscribe(self, self.changed)

    def on_unmount(self) -> None:
        """Hear no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def changed(self, screen: Screen[object]) -> None:
        """What works has changed."""
        if screen is self.screen and self.is_attached:
            self.write()

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew."""
        if event.size.width != self.laid_for:
            self.write()

    laid_for = 0

    def write(self) -> None:
        """Show the keys that work now."""
        self.laid_for = self.size.width
        width = self.content_size.width or self.app.size.width - 4
        lines = [Content(GAP).join(line) for line in laid(self.shown(), width)]
        self.update(Content("\n").join(lines))

    def shown(self) -> Iterator[Content]:
        """Each key with what it does, once for each action."""
        seen: set[str] = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in seen:
                seen.add(binding.action)
                yield self.key(node, binding)

    def key(self, node: DOMNode, binding: Binding) -> Content:
        """One key; a click on it presses it."""
        display = self.app.get_key_display(binding)
        if binding.key.startswith(NUMBERS):
            display = node.span if isinstance(node, Rows) else display
            return labelled(display, binding.description)
        press = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
        return labelled(display, binding.description).stylize(press)


def labelled(display: str, description: str) -> Content:
    """A key and what it does."""
    return Content.assemble((display, "bold $accent"), f" {description}")


def laid(keys: Iterator[Content], width: int) -> Iterator[list[Content]]:
    """The keys in lines of at most `width` cells."""
    line: list[Content] = []
    used = 0
    for key in keys:
        if line and used + len(GAP) + key.cell_length > width:
            yield line
            line, used = [], 0
        used += key.cell_length + (len(GAP) if line else 0)
        line.append(key)
    yield line
