"""The window around every screen: its keys, theme, characters, mouse and size."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widget import Widget

from drillbox.errors import DrillboxError
from drillbox.screen import taste
from drillbox.screen.small import MIN_HEIGHT, MIN_WIDTH, SmallScreen
from drillbox.screen.theme import LIGHT, THEMES
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.characters import Wish as Characters

NOT_KEPT = N_("Not kept for the next time: {error}")
# Translators: what stands on these keys.
KEYS = (
    *(N_("ctrl"), N_("shift"), N_("esc"), N_("enter")),
    *(N_("space"), N_("pgup"), N_("pgdn")),
)


class Window(App[str]):
    """What works whichever screen is shown. Its result is a sentence to print on
    leaving."""

    TITLE = "drillbox"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("keys")),
        Binding(
            "ctrl+p,f2",
            "command_palette",
            N_("every command"),
            show=False,
            priority=True,
        ),
        Binding("ctrl+t", "change_theme", N_("light or dark"), show=False),
        Binding("ctrl+q", "quit", N_("quit"), show=False),
        Binding(
            "ctrl+z", "suspend_process", N_("to the shell; fg comes back"), show=False
        ),
    ]

    def __init__(self) -> None:
        self.characters: Characters = None
        self.signs: list[LineFilter] = []  # ours; Textual asks for them at once
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = f"drillbox-{taste.chosen() or 'dark'}"
        self.animation_level = "none"
        self.has_mouse = True

    def get_driver_class(self) -> type[Driver]:
        """Ours where Textual would take the one for Linux and macOS."""
        from drillbox.screen.terminal import Terminal  # needs termios

        chosen = super().get_driver_class()
        return Terminal if issubclass(Terminal, chosen) else chosen

    # -- its keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No help on help, nor where nothing fits; no palette on the palette; in a
        browser no shell."""
        shown = type(self.screen).__name__
        if action == "help":
            return shown not in ("HelpScreen", "SmallScreen")
        if action == "command_palette":
            return shown not in ("SmallScreen", "Palette", "FirstScreen")
        return not (action == "suspend_process" and self.is_web)

    def get_key_display(self, binding: Binding) -> str:
        """As Textual's, but ctrl+t where that says ^t, and in the learner's words."""
        shown = super().get_key_display(binding).replace("^", "ctrl+")
        shown = shown.replace("⏎", "enter") if self.signs else shown
        return "+".join(_(part) if part in KEYS else part for part in shown.split("+"))

    def action_help(self) -> None:
        """The keys of the screen that is shown."""
        from drillbox.screen.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """Every command, by a part of its name."""
        from drillbox.screen.palette import palette

        self.push_screen(palette())

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is marked: it ends nothing, and says what does."""
        self.clear_notifications()
        said = _("Ctrl+Q ends drillbox; every answer is kept.")
        self.notify(said, timeout=4, markup=False)

    def action_change_theme(self) -> None:
        """Light or dark, the other one."""
        self.choose_theme("dark" if self.theme == LIGHT.name else "light")

    def choose_theme(self, theme: str) -> None:
        """Light or dark, from now on."""
        self.theme = f"drillbox-{theme}"
        try:
            taste.remember(theme)
        except DrillboxError as error:
            self.notify(_(NOT_KEPT).format(error=error), markup=False)

    # -- its characters

    def draw_in(self, characters: "Characters") -> None:
        """Signs as the settings want them; what is painted already is painted anew."""
        self.characters = characters
        if (characters == "ascii") == bool(self.signs):
            return
        from drillbox.screen.characters import Ascii  # where it is wished for

        self.signs = [Ascii()] if characters == "ascii" else []
        for screen in self.screen_stack:
            for node in screen.walk_children(Widget, with_self=True):
                node.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and ours."""
        return [*super().get_line_filters(), *self.signs]

    # -- the mouse

    def can_give_mouse(self) -> bool:
        """Does the terminal report the mouse to us, and can it be told not to?"""
        return hasattr(self._driver, "report_mouse")

    def use_mouse(self, ours: bool, say: bool = True) -> None:
        """Take the mouse, or leave it to the terminal, which then marks and pastes."""
        if self._driver is not None and hasattr(self._driver, "report_mouse"):
            self._driver.report_mouse(ours)
            self.has_mouse = ours
            given = _("The terminal has the mouse; Ctrl+P takes it again.")
            if say:
                again = _("The mouse works here again.")
                self.notify(again if ours else given, markup=False)

    # -- the window

    def on_resize(self) -> None:
        """The window has another size, which Textual notes after this handler."""
        self.call_later(self.mind_size)

    def mind_size(self) -> None:
        """Say so if the terminal is too small to read in."""
        small = self.size.width < MIN_WIDTH or self.size.height < MIN_HEIGHT
        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()
