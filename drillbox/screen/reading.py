"""Reading a drop: in a session, and again at any time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.domain.course import Drop
from drillbox.screen.formula import Prose
from drillbox.screen.page import Page
from drillbox.screen.rows import NUMBERS
from drillbox.screen.step import StepScreen
from drillbox.session import Done, Read, Step
from drillbox.session.exercise import unsolved
from drillbox.words import N_, _, ngettext

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting

TRIES = ("exercise", "run", "nth", "none")


class Reading(Page[None], inherit_bindings=False):
    """A drop's title and text, then what there is to try. `e` is the exercise that
    comes next; where there are several, a number is each."""

    TRY: ClassVar[list[BindingType]] = [
        Binding("e", "exercise", N_("exercise")),
        Binding(NUMBERS, "none", N_("exercises")),
        *[Binding(str(n), f"nth({n})", N_("exercise"), show=False) for n in range(10)],
        Binding("l", "run", N_("run")),
    ]

    @property
    def drop(self) -> Drop:
        """What is read."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The drop."""
        yield Static(self.drop.title, classes="title", markup=False)
        yield Prose(self.drop.reading)
        if self.drop.exercises or self.drop.runs:
            yield Static(_("Try it"), classes="title", markup=False)
        several = len(self.drop.exercises) > 1
        for number, name in enumerate(self.drop.exercises, 1):
            said = _("{key}  the exercise {name}")
            text = said.format(key=number if several else "e", name=name)
            yield Link(text, partial(self.app.open_exercise, name))
        for name in self.drop.runs:
            text = _("l  the run {name}").format(name=name)
            yield Link(text, partial(self.app.open_run, name))

    @property
    def span(self) -> str:
        """The number keys that mean an exercise."""
        return f"1–{len(self.drop.exercises)}"

    def can_try(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Is there an exercise, another with this number, or a run?"""
        n = len(self.drop.exercises)
        if action in ("none", "nth"):
            return n > 1 and parameters in [(), *((k,) for k in range(1, n + 1))]
        return bool(n if action == "exercise" else self.drop.runs)

    def action_nth(self, number: int) -> None:
        """Open the exercise with this number."""
        self.app.open_exercise(self.drop.exercises[number - 1])

    def action_exercise(self) -> None:
        """Open the drop's first exercise that is not solved."""
        course, log = self.app.opened()
        self.app.open_exercise(unsolved(self.drop, course, log))

    def action_run(self) -> None:
        """Open the drop's first run."""
        self.app.open_run(self.drop.runs[0])


class Link(Static):
    """A line that opens something where it is clicked; its key stands before it."""

    def __init__(self, text: str, follow: Callable[[], None]) -> None:
        super().__init__(text, classes="try", markup=False)
        self.follow = follow

    def on_click(self) -> None:
        """Open it."""
        self.follow()


def heading(drop: Drop) -> str:
    """Which drop this is."""
    return ngettext(
        "Drop {n} · {minutes} minute", "Drop {n} · {minutes} minutes", drop.minutes
    ).format(n=drop.number, minutes=drop.minutes)


class ReadScreen(StepScreen, Reading, inherit_bindings=False):
    """A drop's text. Enter and Space turn its pages, and go on from the last."""

    ABOUT = N_("A drop is some minutes of reading; its cards come after it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn(1)", N_("read on")),
        Binding("enter,space", "done", N_("to the cards")),
        Binding("g", "glossary", N_("words")),
        *Reading.TRY,
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

    @property
    def drop(self) -> Drop:
        """What is read."""
        return self.shown.drop

    def text(self) -> str:
        """The reading."""
        return self.shown.drop.reading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go on only from the end of the text."""
        if action == "glossary":
            return bool(self.terms)
        if action in TRIES:
            return self.can_try(action, parameters)
        if action == "turn" and parameters == (1,):
            return self.more_below()
        if action == "done":
            return not self.more_below()
        return super().check_action(action, parameters)

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


class RereadScreen(Reading, inherit_bindings=False):
    """A drop's text, outside a session."""

    ABOUT = N_("A drop, to read again. Reading it here changes no schedule.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "turn(1)", N_("read on")),
        *Reading.TRY,
        Binding("escape,q", "app.pop_screen", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(self, drop: Drop) -> None:
        super().__init__(heading(drop))
        self.again = drop

    @property
    def drop(self) -> Drop:
        """What is read."""
        return self.again

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn a page where there is one; try what there is."""
        if action in TRIES:
            return self.can_try(action, parameters)
        return self.more_below() if parameters == (1,) and action == "turn" else True
