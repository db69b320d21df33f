"""The end of a session: what was done, what waits, one next action."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.screen.sitting import Sitting
from drillbox.screen.step import StepScreen
from drillbox.session import Done, End, More


class EndScreen(StepScreen):
    """Done for today, with more on offer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "done", "home"),
        Binding("m", "more", "more"),
        Binding("e", "exercise", "exercise"),
    ]

    def __init__(self, sitting: Sitting, step: End) -> None:
        super().__init__(sitting, "The end of this session", "", step.notes)
        self.step = step

    def body(self) -> ComposeResult:
        """Counts in plain words."""
        step = self.step
        yield Static("Done.", classes="title")
        minutes = step.seconds / 60
        yield Static(
            f"{step.answered} answered, {step.right} right, {minutes:.1f} minutes.",
            markup=False,
        )
        if step.waiting:
            yield Static(
                f"{step.waiting} wait for another day; that is fine.", classes="quiet"
            )
        yield Static(self.next_action(), classes="next", markup=False)

    def next_action(self) -> str:
        """The one thing to do next."""
        exercise = self.step.plan.exercise
        if exercise:
            return f"Next: the exercise {exercise}. Press e."
        return "Nothing else today. Press Enter."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is."""
        if action == "more":
            return self.step.more > 0
        if action == "exercise":
            return self.step.plan.exercise is not None
        return super().check_action(action, parameters)

    def action_done(self) -> None:
        """Back to the path."""
        if not self.writing:
            self.sitting.send(Done())

    def action_more(self) -> None:
        """Go on beyond the minutes."""
        self.sitting.send(More())

    def action_exercise(self) -> None:
        """Open the exercise that waits."""
        name = self.step.plan.exercise
        self.sitting.send(Done())
        if name:
            self.sitting.app.open_exercise(name)
