"""A question."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown, Static

from drillbox.domain.answer import mark
from drillbox.domain.glossary import asked
from drillbox.domain.mathtext import prose
from drillbox.domain.variant import Variant, fill
from drillbox.errors import DrillboxError
from drillbox.screen.answers import Given, Line
from drillbox.screen.box import box, how
from drillbox.screen.formula import Prose
from drillbox.screen.how_sure import HowSure
from drillbox.screen.rows import Rows
from drillbox.screen.step import StepScreen
from drillbox.session import Ask, Respond, Step
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting


class AskScreen(StepScreen, inherit_bindings=False):
    """A card's prompt and the place to answer it."""

    ABOUT = N_(
        "A card. Where you do not know, ? says so and shows the answer; a lucky guess "
        "would only put the card off. A right answer after a hint counts as 3."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "free", N_("other keys")),
        Binding("escape", "type", N_("type")),
        Binding("question_mark", "unknown", N_("don't know")),
        Binding("h", "hint", N_("hint")),
        Binding("s", "suspend", N_("suspend")),
        Binding("g", "glossary", N_("words")),
        *StepScreen.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", step: Ask) -> None:
        item = step.item
        super().__init__(sitting, heading(step), f"{item.file}:{item.line}")
        self.asked = step
        self.hinted = False
        self.given: tuple[dict[str, Any], int | None] = {}, None

    @property
    def step(self) -> Ask:
        """What is shown."""
        return self.asked

    def body(self) -> ComposeResult:
        """Prompt, then the answer's widget."""
        if self.asked.changed:
            changed = _("Changed since you learned it.")
            yield Static(changed, classes="changed", markup=False)
        yield Prose(self.asked.variant.prompt)
        yield box(self.asked.variant, self.asked.sure)

    def on_mount(self) -> None:
        """The keys go to the answer at once."""
        super().on_mount()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keys to the answer, without scrolling the prompt away."""
        for target in [*self.query(Rows), *self.query(Line)][:1]:
            target.focus(scroll_visible=isinstance(target, Line))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a hint where there is one, and the way out of typing while typing."""
        if action == "glossary":
            return bool(self.terms)
        if action == "hint":
            return self.asked.item.card.hint is not None and not self.hinted
        if action == "free":
            return isinstance(self.focused, Line)
        if action == "type":
            return self.focused is None
        return super().check_action(action, parameters)

    def renew(self, step: Step) -> bool:
        """The same question, with other notes."""
        if not isinstance(step, Ask) or replace(step, notes=()) != replace(
            self.asked, notes=()
        ):
            return False
        self.asked = step
        self.say(step.notes)
        return True

    def text(self) -> str:
        """All that is read."""
        return asked(self.asked.item.card, self.asked.variant.prompt)

    def action_glossary(self) -> None:
        """The words of the question; like a hint, they may give it away."""
        self.hinted = True
        super().action_glossary()

    def action_hint(self) -> None:
        """Show the hint; a right answer then counts as 3."""
        text = self.asked.item.card.hint
        if text is None or self.hinted:
            return
        self.hinted = True
        filled = prose(fill(text, self.asked.variant), escape=True)
        hint = Markdown(f"**{_('Hint.')}** {filled}", classes="hint")
        self.column.mount(hint)
        self.call_after_refresh(hint.scroll_visible, animate=False)
        self.refresh_bindings()

    def action_unknown(self) -> None:
        """Say that it is not known."""
        self.answer({"unknown": True})

    def action_free(self) -> None:
        """Leave the line that is typed in, so that letters are keys."""
        self.set_focus(None)

    def action_type(self) -> None:
        """Back to typing."""
        self.take_focus()

    def on_column_resized(self) -> None:
        """What is typed in, or asks how sure, stays in view where there is less room;
        what was typed stands right above the question."""
        if isinstance(self.focused, Line | HowSure):
            self.focused.scroll_visible(animate=False)

    def on_given(self, message: Given) -> None:
        """Send the answer; of one that can be read it may be asked first how sure."""
        message.stop()
        self.query(HowSure).remove()
        response = dict(message.response)
        to_ask = self.asked.sure and not {"unknown", "confidence"} & response.keys()
        if to_ask and can_be_read(self.asked.variant, response):
            self.ask_how_sure(response)
        else:
            self.answer(response)

    def ask_how_sure(self, response: dict[str, Any]) -> None:
        """Keep the answer until it is said how sure; it took the time until now."""
        self.given = response, self.elapsed_ms()
        self.say(())
        asking = HowSure()
        self.column.mount(asking)
        asking.focus()

    def on_how_sure_said(self, message: HowSure.Said) -> None:
        """Send the answer with it, or take it back."""
        message.stop()
        response, elapsed = self.given
        if message.confidence is None:
            self.query_one(HowSure).remove()
            self.take_focus()
            return
        response["confidence"] = message.confidence
        self.sitting.send(Respond(response, elapsed, self.hinted))

    def answer(self, response: dict[str, Any]) -> None:
        """Send a response with the time it took."""
        self.sitting.send(Respond(response, self.elapsed_ms(), self.hinted))


def can_be_read(variant: Variant, response: dict[str, Any]) -> bool:
    """Is this an answer to it? If not, the session says why, and asks again."""
    try:
        mark(variant, response)
    except DrillboxError:
        return False
    return True


def heading(step: Ask) -> str:
    """Where in the session this is, and what is asked for."""
    place = _("{n} of {total} · drop {drop} · {asked}")
    return place.format(
        n=step.position,
        total=step.total,
        drop=step.item.drop,
        asked=how(step.variant),
    )
