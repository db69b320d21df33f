"""The end of a session: what was done, kept and comes; one next action."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.screen.step import StepScreen
from drillbox.session import Done, End, More, closing

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting


class EndScreen(StepScreen, inherit_bindings=False):
    """Done for today, with more on offer."""

    ABOUT = "The end of a session. What waits is planned for another day."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "exercise", "exercise"),
        Binding("enter,space,q,escape", "done", "home"),
        Binding("m", "more", "more cards"),
        *StepScreen.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", step: End) -> None:
        super().__init__(sitting, "The end of this session", "")
        self.end = step
        # A drop that was read in this session may have brought its exercise along.
        self.waiting = step.plan.exercise or self.app.plan_today().exercise

    @property
    def step(self) -> End:
        """What is shown."""
        return self.end

    def body(self) -> ComposeResult:
        """Counts in plain words."""
        yield Static(self.done(), classes="title", markup=False)
        told = "\n".join(closing.lines(self.end.sums))
        yield Static(told, classes="sums", markup=False)
        yield Static(self.waits(), classes="quiet", markup=False)
        yield Static(self.next_action(), classes="next", markup=False)

    def done(self) -> str:
        """What was answered, and how long it took."""
        end = self.end
        if not end.answered:
            return "Nothing was asked."
        cards = f"{end.answered} answer{'' if end.answered == 1 else 's'}"
        minutes = round(end.seconds / 60)
        time = f"{minutes} minute{'' if minutes == 1 else 's'}"
        time = time if minutes else "under a minute"
        return f"Done: {cards}, {end.right} right, {time}."

    def waits(self) -> str:
        """What comes another day."""
        count, more = self.end.waiting, self.end.more
        if count:
            verb = "waits" if count == 1 else "wait"
            return f"{count} card{'' if count == 1 else 's'} {verb} for another day."
        some = "More is there for whoever has time."
        return some if more else "Nothing more waits today."

    def next_action(self) -> str:
        """The one thing to do next."""
        if self.waiting:
            return f"e  the exercise {self.waiting}"
        return "⏎  back to the path; see you tomorrow"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is; nothing here has an author to write to."""
        if action == "more":
            return self.end.more > 0
        if action == "exercise":
            return self.waiting is not None
        return action not in ("note", "leave")

    def action_done(self) -> None:
        """Back to the path."""
        self.sitting.send(Done())

    def action_more(self) -> None:
        """Go on beyond the minutes."""
        self.sitting.send(More())

    def action_exercise(self) -> None:
        """Open the exercise that waits."""
        self.sitting.send(Done())
        if self.waiting:
            self.app.open_exercise(self.waiting)
