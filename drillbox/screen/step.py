"""What every step of a session has on its screen: the keys that always work."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from drillbox.domain.course import Term
from drillbox.domain.glossary import used
from drillbox.screen.page import Page
from drillbox.session import Leave, Note, Step, Suspend, Undo
from drillbox.words import N_

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting


class StepScreen(Page[None], inherit_bindings=False):
    """A step of `sitting`.

    heading: the line at the top. where: file:line of what is shown, for notes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", N_("undo")),
        Binding("exclamation_mark", "note", N_("note")),
        Binding("q", "leave", N_("end")),
        *Page.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", heading: str, where: str) -> None:
        super().__init__(heading)
        self.sitting = sitting
        self.where = where
        self.says = False  # does something stand above the keys?

    def foot(self) -> ComposeResult:
        """What the session has to say stands above the keys, where it is seen."""
        yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Say what came with the step."""
        self.say(self.step.notes)

    def on_screen_resume(self) -> None:
        """An exercise or a run that lay over the step may have something to undo."""
        self.sitting.look()

    def on_key(self, event: events.Key) -> None:
        """What was said goes with the next key, before that does anything; why a line
        was refused stays while it is mended, until Esc. Where nothing is said nothing
        is laid out anew: that took 30 ms at each key."""
        mends = isinstance(self.focused, Input) and event.key != "escape"
        if self.says and not mends:
            self.say(())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo what there is."""
        return self.sitting.undoable if action == "undo" else True

    @property
    def step(self) -> Step:
        """What is shown."""
        raise NotImplementedError

    def text(self) -> str:
        """What is read here, to find the words of the glossary in it."""
        return ""

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words of the glossary that are used here; looked for once, not at each
        key, and what is read here stays the same."""
        return used(self.sitting.course.glossary, self.text())

    def action_glossary(self) -> None:
        """Say what the words and symbols of this page mean."""
        from drillbox.screen.glossary import GlossaryScreen

        self.app.push_screen(GlossaryScreen(self.terms))

    def say(self, notes: tuple[str, ...]) -> None:
        """Show the notes of a step; none clears them."""
        line = self.query_one(".said", Static)
        line.update("\n".join(notes))
        line.display = self.says = bool(notes)
        self.refresh_bindings()

    def renew(self, step: Step) -> bool:
        """Show `step` here if it is the one that is shown, with other notes.

        So a note or an answer that could not be read costs neither what was typed nor
        the hint that was taken.
        """
        return False

    def action_undo(self) -> None:
        """Take the newest answer back."""
        self.sitting.send(Undo())

    def action_leave(self) -> None:
        """End the session; what was answered is kept."""
        self.sitting.send(Leave())

    def action_suspend(self) -> None:
        """Do not ask this card again."""
        self.sitting.send(Suspend())

    def action_note(self) -> None:
        """Show where this stands in the files and take a note for its author."""
        from drillbox.screen.note import NoteScreen

        self.app.push_screen(NoteScreen(self.where), self.noted)

    def noted(self, text: str | None) -> None:
        """A note was written, or not."""
        if text:
            self.sitting.send(Note(text))
