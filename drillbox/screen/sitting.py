"""Drives one session: hands each step to the screen that shows it, brings replies back.

The generator stands still while a screen shows its step; nothing else holds state.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from drillbox.domain.course import Course
from drillbox.domain.plan import Plan
from drillbox.errors import DrillboxError
from drillbox.history.log import Log
from drillbox.screen.card import AskScreen
from drillbox.screen.ending import EndScreen
from drillbox.screen.reading import ReadScreen
from drillbox.screen.step import StepScreen
from drillbox.screen.verdict import ToldScreen
from drillbox.session import Ask, Loop, More, Read, Reply, Step, Told, session

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
        self.log = log
        self.day = log.today()
        self.undoable = False  # has `u` something to take back? As `look` saw it
        self.loop: Loop = session(course, log, plan)
        self.shown: StepScreen | None = None

    def start(self) -> None:
        """Show the first step; after the day's plan, the first one beyond it."""
        self._go(lambda: next(self.loop))
        if not self.plan.entries and self.plan.spare:
            self.send(More())

    def send(self, reply: Reply) -> None:
        """Answer the step that is shown, and show the next."""
        self._go(lambda: self.loop.send(reply))

    def look(self) -> None:
        """See whether there is something to undo: something of today, or what this
        session did before the day changed."""
        changed = self.log.today() != self.day
        self.undoable = changed or self.log.undoable(()) is not None

    def _go(self, forward: Callable[[], Step]) -> None:
        try:
            self._show(forward())
        except StopIteration:
            self._end()
        except DrillboxError as error:  # the answer before this one is on disk
            self.app.fail(error)

    def _end(self) -> None:
        if self.shown is not None:
            self.shown = None
            self.app.pop_screen()
            self.over()

    def _show(self, step: Step) -> None:
        self.look()
        if self.shown is not None and self.shown.renew(step):
            return
        screen = self._screen(step)
        if self.shown is None:
            self.app.push_screen(screen)
        else:
            self.app.switch_screen(screen)
        self.shown = screen

    def _screen(self, step: Step) -> StepScreen:
        if isinstance(step, Read):
            return ReadScreen(self, step)
        if isinstance(step, Ask):
            return AskScreen(self, step)
        if isinstance(step, Told):
            return ToldScreen(self, step)
        return EndScreen(self, step)
