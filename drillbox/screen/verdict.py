"""The verdict, which is on disk already, with its reasons and the proposed quality."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown, Static

from drillbox.domain.card import RecallCard
from drillbox.domain.mathtext import prose
from drillbox.screen.sitting import Sitting
from drillbox.screen.step import StepScreen
from drillbox.session import Done, Grade, Told, words

HEADLINE = {
    "right": "✓ Right",
    "close": "≈ Close",
    "wrong": "✗ Wrong",
    "unknown": "· Not known yet",
    "ungraded": "Compare, then grade yourself",
}


class ToldScreen(StepScreen):
    """What was right, why, and when the card comes back. 0–5 changes the quality."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "next", "next"),
        *[
            Binding(str(q), f"grade({q})", words.QUALITY[q], show=False)
            for q in range(6)
        ],
        Binding("s", "suspend", "suspend"),
        Binding("r", "reading", "drop"),
    ]

    def __init__(self, sitting: Sitting, step: Told) -> None:
        item = step.ask.item
        ask = step.ask
        heading = f"{ask.position}/{ask.total} · drop {item.drop} · {item.id}"
        where = f"{item.file}:{item.line}"
        super().__init__(sitting, heading, where, step.notes)
        self.step = step

    def body(self) -> ComposeResult:
        """Headline, what was wrong and why, the answer, the explanation, the day."""
        verdict = self.step.verdict
        style = f"verdict {verdict.outcome}"
        yield Static(HEADLINE[verdict.outcome], classes=style, markup=False)
        yield Markdown(prose(self.text(), escape=True))
        yield Static(words.standing(self.step), classes="standing", markup=False)
        yield Static(words.GRADES, classes="quiet", markup=False)

    def text(self) -> str:
        """The reasons as Markdown."""
        verdict, card = self.step.verdict, self.step.ask.item.card
        parts = list(verdict.why)
        if verdict.outcome == "ungraded":
            parts.append(f"You wrote: {self.step.response.get('text', '')}")
        if verdict.outcome != "right":
            parts.append(f"**Answer:** {verdict.answer}")
        if isinstance(card, RecallCard):
            points = "\n".join(f"- {point}" for point in card.rubric)
            parts.append(f"A good answer says:\n\n{points}")
        parts.append(verdict.explain)
        if self.step.leech:
            parts.append(words.LEECH)
        return "\n\n".join(parts)

    def action_next(self) -> None:
        """Go on."""
        if not self.writing:
            self.sitting.send(Done(self.elapsed_ms()))

    def action_grade(self, quality: int) -> None:
        """Another quality than the proposed one."""
        self.sitting.send(Grade(quality))

    def action_reading(self) -> None:
        """Show the drop this card belongs to."""
        from drillbox.screen.rereading import RereadScreen

        drop = self.sitting.course.drop(self.step.ask.item.drop)
        self.app.push_screen(RereadScreen(drop))
