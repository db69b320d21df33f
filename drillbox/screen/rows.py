"""Numbered rows with a cursor.

Nothing is under the cursor until the learner moves it, so that a second Enter, meant
for the screen before, answers nothing.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from drillbox.words import N_

Text = str | Content
NUMBERS = "digit"  # the number keys in a binding; no terminal sends this one


MOVE = (
    Binding("down", "move(1)", N_("move"), key_display="↑↓"),
    Binding("up", "move(-1)", N_("move"), show=False, key_display="↑↓"),
)


class Row(Horizontal):
    """A sign and a text that wraps beside it."""

    def __init__(self, sign: str, text: Text, classes: str = "") -> None:
        super().__init__(classes=f"row {classes}")
        self.sign = sign
        self.text = text

    def compose(self) -> ComposeResult:
        """The sign, then the text."""
        yield Static(self.sign, classes="sign", markup=False)
        yield Static(self.text, classes="words", markup=False)

    def write(self, sign: str) -> None:
        """Another sign; laid out anew only if it needs more room or less."""
        if sign == self.sign:
            return
        grown, self.sign = cell_len(sign) != cell_len(self.sign), sign
        for static in self.query(".sign").results(Static):  # none before it is composed
            static.update(sign, layout=grown)

    def put_cursor(self, here: bool) -> None:
        """Show whether the cursor is here. Its look is the row's alone: Textual would
        match the rules of what stands in it again, which takes longer."""
        if here != self.has_class("cursor"):
            self.set_class(here, "cursor", update=False)
            self.app.stylesheet.update_nodes([self], animate=True)

    def say(self, text: Text) -> None:
        """Another text."""
        if text is not self.text:
            self.text = text
            self.query_one(".words", Static).update(text)


class Rows(Vertical, can_focus=True):
    """Rows, one of which may be under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVE]

    def __init__(self, texts: Sequence[Text]) -> None:
        super().__init__(classes="rows")
        self.texts = texts
        self.cursor: int | None = None
        self.typed = ""

    def compose(self) -> ComposeResult:
        """One row for each text."""
        for index, text in enumerate(self.texts):
            yield Row(self.sign(index), text)

    @property
    def span(self) -> str:
        """The number keys that mean a row."""
        return f"1–{len(self.texts)}" if len(self.texts) > 1 else "1"

    def number(self, index: int) -> str:
        """A row's number, as wide as the last one's."""
        return f"{index + 1:>{len(str(len(self.texts)))}}"

    def mark(self, index: int) -> str:
        """What stands before the row under the cursor; told without colour."""
        return "›" if index == self.cursor else " "

    def sign(self, index: int) -> str:
        """What stands before a row's text."""
        return f"{self.mark(index)} {self.number(index)}  "

    def repaint(self) -> None:
        """Write every sign again and bring the cursor into the window."""
        for index, row in enumerate(self.query(Row)):
            row.write(self.sign(index))
            row.put_cursor(index == self.cursor)
            if index == self.cursor:
                row.scroll_visible(animate=False)
        self.refresh_bindings()

    def action_move(self, step: int) -> None:
        """Move the cursor; it stays within the rows."""
        self.typed = ""
        last = len(self.texts) - 1
        if self.cursor is None:
            self.point(0 if step > 0 else last)
        else:
            self.point(min(max(self.cursor + step, 0), last))

    def point(self, index: int) -> None:
        """Put the cursor on a row."""
        self.cursor = index
        self.repaint()

    def on_key(self, event: events.Key) -> None:
        """A number goes to its row; two digits where there are ten rows or more."""
        digit = event.character or ""
        if digit not in tuple("0123456789"):
            return
        for typed in (self.typed + digit, digit):
            if 1 <= int(typed) <= len(self.texts):
                event.stop()
                self.typed = typed
                self.choose(int(typed) - 1)
                return

    def choose(self, index: int) -> None:
        """A row's number was typed; here the cursor goes there."""
        self.point(index)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; it never answers."""
        for index, row in enumerate(self.query(Row)):
            if event.widget is not None and row in event.widget.ancestors_with_self:
                self.point(index)
