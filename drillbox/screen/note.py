"""A note on a card, for its author. It lies over the step, so no key is stolen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from drillbox.places import short
from drillbox.screen.keys import Keys
from drillbox.screen.line import TypedLine
from drillbox.words import N_, _


class NoteLine(TypedLine):
    """The note."""

    # Input's own binding of Enter is hidden; a priority one is shown in its place.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("keep the note"), priority=True)
    ]


class NoteScreen(ModalScreen[str | None], inherit_bindings=False):
    """Where the card stands in its file, and a line to write on. None: no note."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", N_("no note"))]

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def compose(self) -> ComposeResult:
        """Place, line, keys."""
        with Vertical(classes="slip"):
            head = _("A note for the author of {where}")
            yield Static(head.format(where=short(self.where)), markup=False)
            yield NoteLine(placeholder=_("what is wrong or unclear"))
            yield Keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note; an empty one is none."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_drop(self) -> None:
        """Back without a note."""
        self.dismiss(None)
