"""Every verb, drop, exercise and run, found by typing a part of its name.

The keys that work on the screen below come first, then what can be reached from
anywhere. Imported when the palette is opened.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.align import Align
from rich.text import Text as RichText
from textual.binding import Binding
from textual.command import (
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets.option_list import Option

from drillbox.screen.home import HomeScreen
from drillbox.screen.page import Page
from drillbox.screen.rows import NUMBERS
from drillbox.screen.theme import THEMES
from drillbox.words import N_, _

if TYPE_CHECKING:
    from drillbox.screen.app import DrillApp

ASKS = N_("part of a name; Enter does it, Esc leaves")
THEME = {True: N_("theme: dark (ctrl+t)"), False: N_("theme: light (ctrl+t)")}
MOUSE = N_("take the mouse again"), N_("give the mouse back to the terminal")
FROM_ANYWHERE = ("statistics", "questions")  # actions of the home screen
NO_LINE = ("command_palette", "change_theme", "move(")  # said otherwise, or not at all


class Command(NamedTuple):
    """A line of the palette and what it does."""

    name: str
    run: Callable[[], object]


class Commands(Provider):
    """What can be done from the screen the palette was opened on."""

    @property
    def drill(self) -> "DrillApp":
        """The app, by its own type."""
        return cast("DrillApp", self.app)

    async def discover(self) -> Hits:
        """Everything, in order."""
        for command in self.every():
            yield DiscoveryHit(Content(command.name), command.run, command.name)

    async def search(self, query: str) -> Hits:
        """What the typed letters are found in."""
        matcher = self.matcher(query)
        for name, run in self.every():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, name)

    def every(self) -> Iterator[Command]:
        """All commands: this screen's, the app's, then the course's."""
        yield from self.keys()
        yield from self.looks()
        if self.drill.course is not None:
            yield from self.places()
            yield from self.course()

    # -- the screen below

    def keys(self) -> Iterator[Command]:
        """The keys that work now, those of the screen before those of the app."""
        seen: set[str] = set()
        for node, binding, enabled, _tip in self.screen.active_bindings.values():
            if enabled and self.said(node, binding) and binding.description not in seen:
                seen.add(binding.description)
                key = self.app.get_key_display(binding)
                act = partial(self.app.run_action, binding.action, node)
                yield Command(f"{_(binding.description)} ({key})", act)

    def said(self, node: DOMNode, binding: Binding) -> bool:
        """Is it worth a line? Not what only scrolls, types or takes any number."""
        if binding.action.startswith(NO_LINE) or binding.key.startswith(NUMBERS):
            return False
        if binding.action == "copy":
            return True
        return binding.show or (node is self.app and bool(binding.description))

    # -- the app

    def looks(self) -> Iterator[Command]:
        """Colours, and whose the mouse is."""
        app = self.drill
        for theme in THEMES:
            if theme.name != app.theme:
                yield Command(_(THEME[theme.dark]), app.action_change_theme)
        if app.can_give_mouse():
            act = partial(app.use_mouse, not app.has_mouse)
            yield Command(_(MOUSE[app.has_mouse]), act)

    def places(self) -> Iterator[Command]:
        """Screens of the home screen that may lie over any other."""
        home = self.drill.home()
        if self.screen is home:
            return
        for binding in HomeScreen.BINDINGS:
            if isinstance(binding, Binding) and binding.action in FROM_ANYWHERE:
                act = partial(self.app.run_action, binding.action, home)
                yield Command(_(binding.description), act)

    # -- the course

    def course(self) -> Iterator[Command]:
        """Its drops, to read or to practise; its exercises; its runs."""
        course = self.drill.opened()[0]
        for drop in course.drops:
            read = _("read drop {n}: {title}")
            name = read.format(n=drop.number, title=drop.title)
            yield Command(name, partial(self.drill.read_drop, drop))
        if isinstance(self.screen, HomeScreen):
            for drop in course.drops:
                practise = _("practise drop {n}: {title}")
                name = practise.format(n=drop.number, title=drop.title)
                yield Command(name, partial(self.drill.start_practice, drop.number))
        if self.has_room():
            for drop in course.drops:
                for name in drop.exercises:
                    act = partial(self.drill.open_exercise, name)
                    said = _("exercise {name}").format(name=name)
                    yield Command(said, partial(self.leave_for, act))
            for drop in course.drops:
                for name in drop.runs:
                    act = partial(self.drill.open_run, name)
                    said = _("run {name}").format(name=name)
                    yield Command(said, partial(self.leave_for, act))

    def works(self) -> bool:
        """Has the screen below processes of its own: an exercise, or a run?"""
        return isinstance(self.screen, Page) and bool(self.screen.WORKS)

    def has_room(self) -> bool:
        """May an exercise or a run be opened? Two would have their workers beside each
        other; from one to the next the first is left."""
        below = [one for one in self.app.screen_stack if isinstance(one, Page)]
        return [one for one in below if one.WORKS] in ([], [self.screen])

    def leave_for(self, act: Callable[[], None]) -> None:
        """Open an exercise or a run; what is open is left, if nothing is unsaved."""
        if self.works():
            getattr(self.screen, "action_leave")()  # noqa: B009 (warns once of a draft)
            self.app.call_later(self.open_if_left, act)
        else:
            act()

    def open_if_left(self, act: Callable[[], None]) -> None:
        """What is below was left, or it has warned and stays."""
        if self.app.screen is not self.screen:
            act()


class Palette(CommandPalette):
    """Textual's, which says in the learner's language that nothing matches."""

    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        wait = self._NO_MATCHES_COUNTDOWN
        tell = partial(self.tell_nothing, search_value)
        self._no_matches_timer = self.set_timer(wait, tell)

    def tell_nothing(self, searched: str) -> None:
        """No command has what was typed; where nothing was, there is nothing to say."""
        if searched:
            none = Align.center(RichText(_("No matches found"), style="not bold"))
            line = Option(none, disabled=True, id=self._NO_MATCHES)
            self.query_one(CommandList).add_option(line)
        self._list_visible = bool(searched)


def palette() -> Palette:
    """The palette, which finds what its provider gives for the screen below."""
    return Palette([Commands], placeholder=_(ASKS), id="--command-palette")
