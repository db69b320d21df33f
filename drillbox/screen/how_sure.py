"""How sure a learner is of an answer that was just given."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from drillbox.screen.rows import NUMBERS
from drillbox.words import N_, _

SURE = N_("How sure? 5 = 50 %, a guess · 6 · 7 · 8 · 9 = 90 % · 0 = 100 %")


def said(character: str | None) -> float | None:
    """The confidence that a key says, in tens of percent; None for another key."""
    if not character or character not in "567890":
        return None
    return int(character) / 10 or 1.0


class HowSure(Static, can_focus=True):
    """The question, below the answer that waits for it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(NUMBERS, "none", N_("how sure"), key_display="5–9, 0"),
        Binding("escape,backspace", "back", N_("take back")),
    ]

    class Said(Message):
        """confidence: None takes the answer back."""

        def __init__(self, confidence: float | None) -> None:
            self.confidence = confidence
            super().__init__()

    def __init__(self) -> None:
        super().__init__(_(SURE), classes="sure", markup=False)

    def on_key(self, event: events.Key) -> None:
        """A number says it."""
        sure = said(event.character)
        if sure is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Said(sure))

    def action_back(self) -> None:
        """Take the answer back."""
        self.post_message(self.Said(None))
