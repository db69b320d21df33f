"""Drives one session: hands each step to the screen that shows it, brings replies back.

The generator stands still while a screen shows its step; nothing else holds state.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from drillbox.domain.course import Course
from drillbox.domain.plan import Plan
from drillbox.history.log import Log
from drillbox.session import Ask, End, Read, Reply, Told, session

if TYPE_CHECKING:
    from drillbox.screen.app import DrillApp


class Sitting:
    """One session on the screen of `app`. over: called when it has ended."""

    def __init__(
        self,
        app: "DrillApp",
        course: Course,
        log: Log,
        plan: Plan,
        over: Callable[[], None],
    ) -> None:
        self.app = app
        self.course = course
        self.plan = plan
        self.over = over
        self.loop = session(course, log, plan)
        self.shown: Screen[None] | None = None

    def start(self) -> None:
        """Show the first step."""
        self._show(next(self.loop))

    def send(self, reply: Reply) -> None:
        """Answer the step that is shown, and show the next."""
        try:
            step = self.loop.send(reply)
        except StopIteration:
            self.app.pop_screen()
            self.over()
        else:
            self._show(step)

    def _show(self, step: Read | Ask | Told | End) -> None:
        from drillbox.screen.card import AskScreen
        from drillbox.screen.ending import EndScreen
        from drillbox.screen.reading import ReadScreen
        from drillbox.screen.verdict import ToldScreen

        screen: Screen[None]
        if isinstance(step, Read):
            screen = ReadScreen(self, step)
        elif isinstance(step, Ask):
            screen = AskScreen(self, step)
        elif isinstance(step, Told):
            screen = ToldScreen(self, step)
        else:
            screen = EndScreen(self, step)
        if self.shown is None:
            self.app.push_screen(screen)
        else:
            self.app.switch_screen(screen)
        self.shown = screen
