"""One question about a run: an answer, then how sure."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from drillbox.lab.general import Answer, Question
from drillbox.lab.judge import Said, number
from drillbox.screen.answers import Given, OneOf, Typed
from drillbox.screen.how_sure import SURE
from drillbox.screen.rows import NUMBERS
from drillbox.words import N_, _


class Answered(Message):
    """A question was answered."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__()


class Sure(Static, can_focus=True):
    """How sure, in tens of percent: one key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(NUMBERS, "none", N_("how sure"))]

    def __init__(self) -> None:
        super().__init__(_(SURE), classes="sure", markup=False)

    @property
    def span(self) -> str:
        """The keys that say how sure."""
        return "5–9, 0"

    def on_key(self, event: events.Key) -> None:
        """Answer."""
        if event.character and event.character in "567890":
            event.stop()
            self.post_message(Given({"confidence": int(event.character) / 10 or 1.0}))


class QuestionView(Vertical):
    """The question, the place to answer it, then the place to say how sure."""

    def __init__(self, question: Question) -> None:
        super().__init__(classes="pair")
        self.question = question
        self.answer: Answer | None = None

    def compose(self) -> ComposeResult:
        """The question and the place for the answer."""
        yield Static(_(self.question.text), classes="title", markup=False)
        choices = self.question.choices
        if choices:
            yield OneOf(range(len(choices)), [*map(_, choices)])
        else:
            number = _("a number, right within {within}")
            yield Typed({}, number.format(within=f"{self.question.within:g}"))
            yield Static("", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """The keys go to the answer at once."""
        for widget in self.query("OneOf, Line"):
            widget.focus(scroll_visible=False)

    def on_given(self, message: Given) -> None:
        """First the answer, then how sure."""
        message.stop()
        given = message.response
        if "confidence" in given and self.answer is not None:
            self.post_message(Answered(Said(self.answer, given["confidence"])))
        elif "options" in given:
            self.take(self.question.choices[given["options"][0]])
        elif "text" in given:
            self.read(given["text"])

    def read(self, text: str) -> None:
        """A typed number; another text is said and typed again."""
        try:
            self.take(number(text))
        except ValueError:
            said = _("{text} is no number; type one such as 0.5")
            self.query_one(".quiet", Static).update(said.format(text=repr(text)))

    def take(self, answer: Answer) -> None:
        """Keep the answer and ask how sure."""
        self.answer = answer
        said = _(answer) if isinstance(answer, str) else f"{answer:g}"
        told, sure = _("You say: {answer}").format(answer=said), Sure()
        self.query("OneOf, Typed, .quiet").remove()
        self.mount(Static(told, markup=False), sure)
        sure.focus(scroll_visible=False)
