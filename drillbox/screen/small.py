"""What a terminal shows that is too small to read in."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.screen.app import DrillApp

MIN_WIDTH, MIN_HEIGHT = 40, 12


class SmallScreen(Screen[None], inherit_bindings=False):
    """One sentence; goes away by itself when the window grows."""

    app: "DrillApp"

    def compose(self) -> ComposeResult:
        """What to do."""
        small = _(
            "This terminal is too small: make it {columns} columns by {lines} lines or "
            "more, or use `drillbox review --plain`. Nothing is lost. Ctrl+Q quits."
        )
        yield Static(small.format(columns=MIN_WIDTH, lines=MIN_HEIGHT), markup=False)

    def on_screen_resume(self) -> None:
        """Shown again from below another screen: perhaps the window has grown."""
        self.app.mind_size()
