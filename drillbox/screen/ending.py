"""The end of a session: what was done, kept and comes; one next action."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from drillbox.screen.step import StepScreen
from drillbox.session import Done, End, More, closing
from drillbox.words import N_, _, ngettext

if TYPE_CHECKING:
    from drillbox.screen.sitting import Sitting


class EndScreen(StepScreen, inherit_bindings=False):
    """Done for today, with more on offer."""

    ABOUT = N_("The end of a session. What waits is planned for another day.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "exercise", N_("exercise")),
        Binding("enter,space,q,escape", "done", N_("home")),
        Binding("m", "more", N_("more cards")),
        *StepScreen.BINDINGS,
    ]

    def __init__(self, sitting: "Sitting", step: End) -> None:
        super().__init__(sitting, _("The end of this session"), "")
        self.end = step
        # A drop that was read in this session may have brought its exercise along.
        self.waiting = step.plan.exercise or self.app.plan_today().exercise

    @property
    def step(self) -> End:
        """What is shown."""
        return self.end

    def body(self) -> ComposeResult:
        """Counts in plain words."""
        yield Static(closing.done(self.end), classes="title", markup=False)
        told = "\n".join(closing.lines(self.end.sums))
        yield Static(told, classes="sums", markup=False)
        yield Static(self.waits(), classes="quiet", markup=False)
        yield Static(self.next_action(), classes="next", markup=False)

    def waits(self) -> str:
        """What comes another day."""
        n, more = self.end.waiting, self.end.more
        if n:
            return ngettext(
                "{n} card waits for another day.", "{n} cards wait for another day.", n
            ).format(n=n)
        some = _("More is there for whoever has time.")
        return some if more else _("Nothing more waits today.")

    def next_action(self) -> str:
        """The one thing to do next."""
        if self.waiting:
            return _("e  the exercise {name}").format(name=self.waiting)
        return _("⏎  back to the path; see you tomorrow")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is; nothing here has an author to write to."""
        if action == "more":
            return self.end.more > 0
        if action == "exercise":
            return self.waiting is not None
        if action in ("note", "leave"):
            return False
        return super().check_action(action, parameters)

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
