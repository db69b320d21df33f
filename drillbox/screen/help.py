"""The keys of the screen that is shown."""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, Static

from drillbox.screen.page import Page
from drillbox.screen.rows import NUMBERS, Row
from drillbox.words import N_, _

Line = tuple[str, str]


class HelpScreen(Page[None], inherit_bindings=False):
    """What `about` is for, and every key that works on it, one a line.

    Where a line is typed in, the keys behind Escape stand below those of the line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__(_("The keys of this screen"))
        self.about = about
        self.taken: set[str] = set()

    def body(self) -> ComposeResult:
        """What the screen is for; key and meaning; what holds everywhere."""
        told = self.about.ABOUT if isinstance(self.about, Page) else ""
        yield Static(_(told), classes="told", markup=False)
        focused = self.about.focused
        first = list(self.of(focused)) if focused is not None else []
        rest = [*self.of(self.about), *self.of(self.app)]
        esc = self.app.get_key_display(Binding("escape", "none"))
        ways_out = [line for line in rest if line[0] == esc]
        rest = [line for line in rest if line not in ways_out]
        typing = isinstance(focused, Input)
        parts = [[*first, *ways_out], rest] if typing else [[*first, *rest, *ways_out]]
        width = max(cell_len(key) for part in parts for key, _what in part)
        for place, part in enumerate(parts):
            if place:
                freed = _("After Esc, which frees the letters:")
                yield Static(freed, classes="told", markup=False)
            for key, what in part:
                yield Row(f"{set_cell_size(key, width)}  ", _(what))
        kept = _(
            "Nothing is lost by leaving: every answer is on disk before its verdict is "
            "shown. The mouse marks text; Ctrl+C copies it."
        )
        yield Static(kept, classes="told quiet", markup=False)

    def of(self, node: DOMNode) -> Iterator[Line]:
        """The keys of one node that do something now and that nothing above it takes.

        A line that is typed in takes letters, which are free again after Escape.
        """
        found: dict[str, list[Binding]] = {}
        for binding in getattr(type(node), "BINDINGS", ()):
            if isinstance(binding, Binding) and self.works(node, binding):
                found.setdefault(binding.description, []).append(binding)
        for bindings in found.values():
            self.taken.update(key for one in bindings for key in one.key.split(","))
            shown = (self.shown(node, one) for one in bindings)
            yield ", ".join(dict.fromkeys(shown)), bindings[0].description

    def works(self, node: DOMNode, binding: Binding) -> bool:
        """Does this key do something now, on this node?"""
        if binding.action == "help" or binding.key in self.taken:
            return False
        _, action, parameters = parse(binding.action)
        return bool(node.check_action(action, parameters))

    def shown(self, node: DOMNode, binding: Binding) -> str:
        """A key as it is shown."""
        span = getattr(node, "span", None) if binding.key == NUMBERS else None
        if span is not None:
            return str(span)
        keys = binding.make_bindings([binding])
        labels = [self.app.get_key_display(key) for key in keys]
        return ", ".join(dict.fromkeys(labels))
