"""A question."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Markdown, Static

from drillbox.domain.mathtext import prose
from drillbox.domain.variant import fill
from drillbox.screen.answers import Given, Rows, box
from drillbox.screen.sitting import Sitting
from drillbox.screen.step import StepScreen
from drillbox.session import Ask, Respond

HOW = {
    "choice": "its number",
    "numeric": "Enter answers, Esc frees the keys",
    "formula": "Enter answers, Esc frees the keys",
    "cloze": "Enter answers, Esc frees the keys",
    "recall": "Enter shows the rubric, Esc frees the keys",
    "order": "press the numbers in the right order, then Enter",
    "direction": "↑ up · ↓ down · = same, one after the other",
    "spot": "↑ ↓ to the wrong line, then Enter",
}


class AskScreen(StepScreen):
    """A card's prompt and the place to answer it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hint", "hint"),
        Binding("question_mark", "unknown", "don't know"),
        Binding("s", "suspend", "suspend"),
    ]

    def __init__(self, sitting: Sitting, step: Ask) -> None:
        item = step.item
        super().__init__(sitting, heading(step), f"{item.file}:{item.line}", step.notes)
        self.step = step
        self.hinted = False

    def body(self) -> ComposeResult:
        """Prompt, then the answer's widget."""
        if self.step.changed:
            yield Static("Changed since you learned it.", classes="note")
        yield Markdown(prose(self.step.variant.prompt, escape=True))
        yield box(self.step.variant)

    def on_mount(self) -> None:
        """The keys go to the answer at once."""
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keys to the answer."""
        target = self.query("Rows, Typed Input").first()
        target.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a hint only where there is one."""
        if action == "hint":
            return self.step.item.card.hint is not None and not self.hinted
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        """Show the hint; a right answer then counts as 3."""
        text = self.step.item.card.hint
        if text is None or self.hinted:
            return
        self.hinted = True
        shown = Static(
            f"Hint: {prose(fill(text, self.step.variant))}",
            classes="hint",
            markup=False,
        )
        self.query_one(VerticalScroll).mount(shown)
        self.refresh_bindings()

    def action_unknown(self) -> None:
        """Say that it is not known."""
        self.answer({"unknown": True})

    def on_given(self, message: Given) -> None:
        """Send the answer."""
        message.stop()
        self.answer(dict(message.response))

    def answer(self, response: dict[str, object]) -> None:
        """Send a response with the time it took."""
        self.sitting.send(Respond(response, self.elapsed_ms(), self.hinted))

    def action_let_go(self) -> None:
        """Escape: from typing to the keys, and from the keys back to typing."""
        focused = self.focused
        super().action_let_go()
        if focused is None or (isinstance(focused, Input) and focused.id == "note"):
            self.take_focus()
        elif isinstance(focused, Rows):
            focused.focus()


def heading(step: Ask) -> str:
    """Where in the session this is, and how it is answered."""
    card = step.item.card
    several = card.kind == "choice" and sum(o.right for o in card.options) > 1
    how = "tick all that are right, then Enter" if several else HOW[card.kind]
    return f"{step.position}/{step.total} · drop {step.item.drop} · {how}"
