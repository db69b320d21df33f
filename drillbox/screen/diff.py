"""Yours and the reference, after passing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from drillbox.grader import beside
from drillbox.screen.page import Page
from drillbox.words import N_, _


class DiffScreen(Page[None], inherit_bindings=False):
    """Two texts side by side, or one above the other in a narrow window."""

    ABOUT = N_(
        "What you wrote and the reference solution. ≠ stands before lines that differ, "
        "‹ before lines that only yours has, › before those of the reference alone."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn(1)", N_("read on")),
        Binding("d,q,escape", "leave", N_("back"), key_display="esc"),
        *Page.BINDINGS,
    ]

    def __init__(self, name: str, yours: str, reference: str) -> None:
        heading = _("{exercise} · yours and the reference")
        super().__init__(heading.format(exercise=name))
        self.yours = yours
        self.reference = reference

    def body(self) -> ComposeResult:
        """The lines; laid out once the width is known."""
        yield Static("", classes="beside", markup=False)

    def on_mount(self) -> None:
        """Lay them out."""
        self.call_after_refresh(self.lay_out)

    def on_resize(self) -> None:
        """Lay them out anew."""
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Write the lines for the width there is, in another colour what differs."""
        width = self.column.scrollable_content_region.width
        two = self.app.size.width >= beside.ROOM
        found = beside.lines(self.yours, self.reference, width, two)
        lines = [
            Content.styled(text, "$accent") if differs else Content(text)
            for text, differs in found
        ]
        self.query_one(".beside", Static).update(Content("\n").join(lines))
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Read on only where there is more."""
        if action == "turn" and parameters == (1,):
            return self.more_below()
        return True

    def to_copy(self) -> list[str]:
        """The reference; what is yours lies in your file."""
        return [self.reference]

    def action_leave(self) -> None:
        """Back to the exercise."""
        self.dismiss(None)
