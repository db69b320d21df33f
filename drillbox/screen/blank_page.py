"""A blank page: a line to type in for each step, checked as soon as it is typed."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from drillbox.domain.answer.page import read
from drillbox.domain.card import FormulaCard
from drillbox.errors import AnswerError
from drillbox.screen.answers import Given, Line
from drillbox.screen.inline import inline
from drillbox.screen.preview import Preview
from drillbox.screen.rows import Row, Text
from drillbox.words import N_


class BlankPage(Vertical):
    """What may stand in the lines, then the lines. Enter goes on; the last answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", N_("line"), key_display="↑↓"),
        Binding("up", "go(-1)", N_("line"), show=False),
    ]

    def __init__(self, card: FormulaCard) -> None:
        super().__init__(classes="typed")
        self.card = card
        self.names: Mapping[str, Text] = {n: inline(t) for n, t in card.names.items()}

    def compose(self) -> ComposeResult:
        """Each line below the words that say what stands on it."""
        width = max(map(len, self.names))
        for name, meaning in self.names.items():
            yield Row(f"{name:<{width}}  ", meaning, "legend")
        for number, line in enumerate(self.card.lines, 1):
            yield Row(f"{number}  ", inline(line.text))
            yield Line()
            yield Preview(self.names)
            yield Static("", classes="refused", markup=False)

    @property
    def lines(self) -> list[Line]:
        """Where the lines are typed, in their order."""
        return list(self.query(Line))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is understood of the line, below it."""
        for line, preview in zip(self.lines, self.query(Preview), strict=True):
            if line is event.input:
                preview.follow(event.value, below=line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the line and go on; after the last answer. `?` means not known."""
        event.stop()
        if event.value.strip() == "?":
            self.post_message(Given({"unknown": True}))
            return
        for line in self.lines:
            why = self.refused(line.value)
            if why and (line is event.input or self.is_last(event.input)):
                self.tell(line, why)
                return
        if self.is_last(event.input):
            texts = [line.value.strip() for line in self.lines]
            self.post_message(Given({"lines": texts}))
        else:
            here = next(k for k, x in enumerate(self.lines) if x is event.input)
            self.tell(self.lines[here + 1], "")

    def is_last(self, line: Input) -> bool:
        """Is this the last line of the page?"""
        return line is self.lines[-1]

    def refused(self, text: str) -> str:
        """Why this is no line; nothing if it is one."""
        try:
            read(self.card, text)
        except AnswerError as error:
            return str(error)
        return ""

    def tell(self, line: Line, why: str) -> None:
        """Stand in this line, and say what is wrong with it."""
        for one, static in zip(self.lines, self.query(".refused"), strict=True):
            assert isinstance(static, Static)
            static.update(why if one is line else "")
            static.display = bool(why) and one is line
        line.focus()

    def action_go(self, step: int) -> None:
        """To the line above or below."""
        lines = self.lines
        here = next((k for k, line in enumerate(lines) if line.has_focus), 0)
        lines[max(0, min(len(lines) - 1, here + step))].focus()
