"""The one question of the first time: light or dark."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from drillbox.screen.keys import Keys
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.app import DrillApp


class FirstScreen(ModalScreen[None], inherit_bindings=False):
    """Lies over the home screen, which shows what is chosen between."""

    app: "DrillApp"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "choose('light')", N_("light")),
        Binding("d", "choose('dark')", N_("dark")),
        Binding("enter,escape", "choose('')", N_("as it is")),
    ]

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="slip"):
            asked = _("Light or dark? It is asked once; Ctrl+T changes it at any time.")
            yield Static(asked, markup=False)
            yield Keys()

    def action_choose(self, theme: str) -> None:
        """Keep it and go on."""
        self.app.pop_screen()
        self.app.choose_theme(theme or self.app.theme.removeprefix("drillbox-"))
