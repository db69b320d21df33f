"""Reading a drop: in a session, and again at any time."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.domain.course import Drop
from drillbox.screen.formula import Prose
from drillbox.screen.page import Page
from drillbox.screen.step import StepScreen
from drillbox.session import Done, Read, Step

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting


def text_of(drop: Drop) -> ComposeResult:
    """Title and text."""
    yield Static(drop.title, classes="title", markup=False)
    yield Prose(drop.reading)


def heading(drop: Drop) -> str:
    """Which drop this is."""
    return f"Drop {drop.number} · {drop.minutes} minutes"


class ReadScreen(StepScreen, inherit_bindings=False):
    """A drop's text. Enter and Space turn its pages, and go on from the last."""

    ABOUT = "A drop is some minutes of reading; its cards come after it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", "read on"),
        Binding("enter,space", "done", "to the cards"),
        Binding("g", "glossary", "words"),
        *StepScreen.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", step: Read) -> None:
        drop = step.drop
        super().__init__(sitting, heading(drop), f"{drop.file}:{drop.line}")
        self.shown = step

    @property
    def step(self) -> Read:
        """What is shown."""
        return self.shown

    def body(self) -> ComposeResult:
        """The drop."""
        yield from text_of(self.shown.drop)

    def text(self) -> str:
        """The reading."""
        return self.shown.drop.reading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go on only from the end of the text."""
        if action == "glossary":
            return bool(self.terms())
        if action == "turn" and parameters == (1,):
            return self.more_below()
        return not self.more_below() if action == "done" else True

    def renew(self, step: Step) -> bool:
        """The same drop, with other notes."""
        if not isinstance(step, Read) or step.drop is not self.shown.drop:
            return False
        self.shown = replace(self.shown, notes=step.notes)
        self.say(step.notes)
        return True

    def action_done(self) -> None:
        """The drop is read."""
        self.sitting.send(Done(self.elapsed_ms()))


class RereadScreen(Page[None], inherit_bindings=False):
    """A drop's text, outside a session."""

    ABOUT = "A drop, to read again. Reading it here changes no schedule."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn(1)", "read on"),
        Binding("escape,q", "app.pop_screen", "back"),
        *Page.BINDINGS,
    ]

    def __init__(self, drop: Drop) -> None:
        super().__init__(heading(drop))
        self.drop = drop

    def body(self) -> ComposeResult:
        """The drop."""
        yield from text_of(self.drop)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn a page where there is one."""
        return self.more_below() if parameters == (1,) and action == "turn" else True
