"""What every step of a session has on its screen: the keys that always work."""

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from drillbox.screen.sitting import Sitting
from drillbox.session import Leave, Note, Suspend, Undo


class StepScreen(Screen[None]):
    """A step of `sitting`.

    heading: the line at the top. where: file:line of what is shown, for notes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "undo"),
        Binding("exclamation_mark", "note", "note"),
        Binding("q", "leave", "end"),
        Binding("escape", "let_go", "keys", show=False),
    ]

    def __init__(
        self, sitting: Sitting, heading: str, where: str, notes: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.sitting = sitting
        self.heading = heading
        self.where = where
        self.notes = notes
        self.since = monotonic()
        self.writing = False

    def compose(self) -> ComposeResult:
        """A bar, the notes, the step itself, the keys that work now."""
        yield Static(self.heading, classes="bar", markup=False)
        with VerticalScroll(classes="column", can_focus=False):
            for note in self.notes:
                yield Static(note, classes="note", markup=False)
            yield from self.body()
        yield Footer(compact=True, show_command_palette=False)

    def body(self) -> ComposeResult:
        """The step itself."""
        yield from ()

    def elapsed_ms(self) -> int:
        """How long this step has been looked at."""
        return int((monotonic() - self.since) * 1000)

    def action_undo(self) -> None:
        """Take the newest answer back."""
        self.sitting.send(Undo())

    def action_leave(self) -> None:
        """End the session; what was answered is kept."""
        self.sitting.send(Leave())

    def action_suspend(self) -> None:
        """Do not ask this card again."""
        self.sitting.send(Suspend())

    def action_let_go(self) -> None:
        """Leave the line that is typed in, so that letters are keys again."""
        if self.writing:
            self.query_one("#note", Input).remove()
            self.writing = False
        self.set_focus(None)

    def action_note(self) -> None:
        """Show where this stands in the files and take a note for its author."""
        if self.writing:
            return
        self.writing = True
        line = Input(id="note", placeholder=f"{self.where}: your note for its author")
        self.query_one(VerticalScroll).mount(line)
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The note is written."""
        if event.input.id == "note" and event.value.strip():
            event.stop()
            self.sitting.send(Note(event.value.strip()))
