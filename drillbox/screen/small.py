"""What a terminal shows that is too small to read in."""

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class SmallScreen(Screen[None]):
    """One sentence; goes away by itself when the window grows."""

    def compose(self) -> ComposeResult:
        """What to do."""
        yield Static(
            "This terminal is too small: make it at least 40 columns by 12 lines, or "
            "use `drillbox review --plain`. Nothing is lost.",
            markup=False,
        )
