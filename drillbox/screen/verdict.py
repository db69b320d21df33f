"""The verdict, which is on disk already, with its reasons and the proposed quality."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Markdown, Static

from drillbox.domain.card import RecallCard
from drillbox.domain.mathtext import prose
from drillbox.screen.formula import Prose
from drillbox.screen.rows import NUMBERS
from drillbox.screen.step import StepScreen
from drillbox.session import Done, Grade, Step, Told, words
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting

HEADLINE = {  # shown through `_`
    "right": N_("✓ Right"),
    "close": N_("≈ Close"),
    "wrong": N_("✗ Wrong"),
    "unknown": N_("· Not known yet"),
    "ungraded": N_("Compare, then grade yourself"),
}


class ToldScreen(StepScreen, inherit_bindings=False):
    """What was right, why, and when the card comes back. 0–5 changes the quality."""

    ABOUT = N_(
        "The verdict. The quality, 0 to 5, says how well you knew it and decides when "
        "the card comes back. It is proposed; a number changes it. Below 4 the card "
        "comes again today."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(NUMBERS, "first_grade", N_("grade"), key_display="0–5"),
        Binding("enter", "next", N_("next")),
        Binding("space", "turn(1)", N_("read on")),
        Binding("space", "next", N_("next"), show=False),
        Binding(f"{NUMBERS}s", "other_grade", N_("grade"), key_display="0–5"),
        *[
            Binding(str(q), f"grade({q})", words.QUALITY[q], show=False)
            for q in range(6)
        ],
        Binding("r", "reading", N_("drop")),
        Binding("s", "suspend", N_("suspend")),
        Binding("g", "glossary", N_("words")),
        *StepScreen.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", step: Told) -> None:
        item = step.ask.item
        place = _("{n} of {total} · drop {drop} · {card}")
        heading = place.format(
            n=step.ask.position, total=step.ask.total, drop=item.drop, card=item.id
        )
        super().__init__(sitting, heading, f"{item.file}:{item.line}")
        self.told = step

    @property
    def step(self) -> Told:
        """What is shown."""
        return self.told

    def body(self) -> ComposeResult:
        """Headline, what was wrong and why, the answer, the explanation, the day."""
        outcome, card = self.told.verdict.outcome, self.told.ask.item.card
        headline = _(HEADLINE[outcome])
        yield Static(headline, classes=f"verdict {outcome}", markup=False)
        if isinstance(card, RecallCard):
            wrote = self.told.response.get("text", "–")
            said = _("You wrote: {text}").format(text=wrote)
            yield Static(said, classes="wrote", markup=False)
        yield Prose("\n\n".join(self.reasons()))
        yield Static("", classes="leech", markup=False)
        question = self.told.ask.variant.prompt
        asked = prose(f"*{_('Asked:')}* {question}", escape=True)
        yield Markdown(asked, classes="asked")

    def foot(self) -> ComposeResult:
        """The quality as it stands, then what there is to say."""
        yield Static("", classes="standing", markup=False)
        yield from super().foot()

    def on_mount(self) -> None:
        """Write what a grade may change."""
        super().on_mount()
        self.write()

    def reasons(self) -> list[str]:
        """The reasons as Markdown; of a recall, the rubric before the explanation."""
        parts = words.reasons(self.told)
        card = self.told.ask.item.card
        if isinstance(card, RecallCard):
            points = "\n".join(f"- {point}" for point in card.rubric)
            parts.insert(1, f"{_('A good answer says:')}\n\n{points}")
        return parts

    def write(self) -> None:
        """The quality as it stands, and whether the card is a leech."""
        self.query_one(".standing", Static).update(words.standing(self.told))
        leech = self.query_one(".leech", Static)
        leech.update(_(words.LEECH))
        leech.display = self.told.leech

    def renew(self, step: Step) -> bool:
        """The same answer, with another grade or other notes."""
        if not isinstance(step, Told) or step.event != self.told.event:
            return False
        self.told = step
        self.say(step.notes)
        self.write()
        self.refresh_bindings()
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grading comes first where nothing is graded yet."""
        if action == "glossary":
            return bool(self.terms)
        if action == "first_grade":
            return self.told.quality is None
        if action == "other_grade":
            return self.told.quality is not None
        if action == "turn" and parameters == (1,):
            return self.more_below()
        return super().check_action(action, parameters)

    def text(self) -> str:
        """The question and all that is said about the answer."""
        return "\n".join((self.told.ask.variant.prompt, *self.reasons()))

    def action_next(self) -> None:
        """Go on."""
        self.sitting.send(Done(self.elapsed_ms()))

    def action_grade(self, quality: int) -> None:
        """Another quality than the proposed one."""
        self.sitting.send(Grade(quality))

    def action_reading(self) -> None:
        """Show the drop this card belongs to."""
        from drillbox.screen.reading import RereadScreen

        drop = self.sitting.course.drop(self.told.ask.item.drop)
        self.app.push_screen(RereadScreen(drop))
