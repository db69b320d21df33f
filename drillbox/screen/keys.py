"""The line of keys: those that work now, the next right one first."""

from collections.abc import Iterator
from typing import NamedTuple

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from drillbox.screen.rows import NUMBERS
from drillbox.words import _

GAP = "  "


class Offer(NamedTuple):
    """A binding that works now; span: the keys that it is, where they are numbers."""

    binding: Binding
    span: str | None


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
    opened = ""  # the number keys that are shown one by one
    highest = 0  # lines so far, in this window and with this focus
    counted_for: tuple[int, Widget | None] | None = None
    written: tuple[int, str, tuple[Offer, ...]] | None = None

    def write(self) -> None:
        """Show the keys that work now, if they are others: most keys change none."""
        self.laid_for = self.size.width
        width = self.content_size.width or self.app.size.width - 4
        offers = tuple(self.offers())
        if self.opened not in {offer.span for offer in offers}:
            self.opened = ""
        shown = (width, self.opened, offers)
        if shown == self.written:
            return
        self.written = shown
        lines = [Content(GAP).join(line) for line in laid(map(self.key, offers), width)]
        text = Content("\n").join(lines)
        self.update(text, layout=False)
        # Said, not measured: where the screen is being laid out while this is written,
        # Textual keeps the height of what stood here before. The same lays nothing out.
        self.styles.height = self.height_for(len(text.wrap(width)), width)

    def height_for(self, lines: int, width: int) -> int:
        """As many lines, or as many as there were: with fewer, what stands above would
        end in the window, where other keys may work that need the line again, and so
        on for ever. In another window or with another focus it is counted anew."""
        here = width, self.screen.focused
        floor = self.highest if here == self.counted_for else 0
        self.counted_for, self.highest = here, max(lines, floor)
        return self.highest

    def offers(self) -> Iterator[Offer]:
        """What works now, once for each action."""
        seen: set[str] = set()
        for node, binding, enabled, _tip in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in seen:
                seen.add(binding.action)
                numbers = binding.key.startswith(NUMBERS)
                span = getattr(node, "span", binding.key_display) if numbers else None
                yield Offer(binding, span)

    def key(self, offer: Offer) -> Content:
        """One key; a click on it presses it."""
        binding, span = offer
        if span is not None:
            return self.numbers(span, binding)
        display = self.app.get_key_display(binding)
        return labelled(display, _(binding.description)).stylize(pressing(binding.key))

    def numbers(self, span: str, binding: Binding) -> Content:
        """The number keys; a click shows each, to be clicked."""
        if self.opened != span:
            opening = Style.from_meta({"@click": f"show_each({span!r})"})
            return labelled(span, _(binding.description)).stylize(opening)
        each = [
            Content.styled(key, "bold $accent").stylize(pressing(key))
            for key in numbers_of(span)
        ]
        return Content.assemble(Content(" ").join(each), f" {_(binding.description)}")

    def action_show_each(self, span: str) -> None:
        """Show these number keys one by one, until others are shown."""
        self.opened = span
        self.write()


def pressing(key: str) -> Style:
    """What is clicked to press a key."""
    return Style.from_meta({"@click": f"app.simulate_key({key!r})"})


def numbers_of(span: str) -> Iterator[str]:
    """The keys of a span: of "5–9, 0" they are 5, 6, 7, 8, 9 and 0."""
    for part in span.split(", "):
        first, _dash, last = part.partition("–")
        for number in range(int(first), min(int(last or first), 9) + 1):
            yield str(number)


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
