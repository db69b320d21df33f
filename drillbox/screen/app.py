"""The app: opens fast, then loads the course, then hands over to its screens.

Before the first paint nothing is imported but Textual and the standard library; the
count of due cards comes from history/due.py, which reads it in a few milliseconds.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import work

from drillbox import places
from drillbox.errors import DrillboxError
from drillbox.library import chosen
from drillbox.screen import taste
from drillbox.screen.home import HomeScreen
from drillbox.screen.window import NOT_KEPT, Window
from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.domain.course import Course, Drop
    from drillbox.domain.plan import Plan
    from drillbox.domain.settings import Settings
    from drillbox.history.log import Log
    from drillbox.screen.courses import Choice


@dataclass(frozen=True)
class Wish:
    """What the learner asked for on the command line."""

    course: str | None = None
    minutes: int | None = None
    everything: bool = False
    drop: int | None = None


class DrillApp(Window):
    """drillbox on a screen.

    open_all: reads settings and course (None: the one chosen last). open_log: opens the
    record of answers. Both may raise DrillboxError, which ends the app with its
    sentence. first: it is the first time, and light or dark is asked.
    """

    CSS_PATH = "app.tcss"

    def __init__(
        self,
        wish: Wish,
        open_all: Callable[[str | None], "tuple[Settings, Course]"],
        open_log: Callable[[], "Log"],
        first: bool = False,
    ) -> None:
        super().__init__()
        self.wish = wish
        self.open_all = open_all
        self.open_log = open_log
        self.course: Course | None = None
        self.log_of_answers: Log | None = None
        self.first = first

    # -- opening

    def on_mount(self) -> None:
        """Paint the home screen; load the course after that."""
        self.push_screen(HomeScreen())
        if self.first:
            from drillbox.screen.first import FirstScreen  # on one day of all

            self.push_screen(FirstScreen())
        self.call_after_refresh(self.painted)

    def painted(self) -> None:
        """Everything that could hold the first paint up."""
        if not gc.isenabled():
            gc.freeze()  # modules and styles stay for good: nobody need look at them
            gc.enable()
        if self._driver is not None and hasattr(self._driver, "ask"):
            self._driver.ask()
        self.load()

    @work(thread=True, exclusive=True)
    def load(self) -> None:
        """Read settings and course away from the screen's thread."""
        self.read_course(self.wish.course, self.fail)

    @work(thread=True, exclusive=True)
    def load_other(self, path: str | None) -> None:
        """Read another course; the one that is open stays if that fails."""
        if self.read_course(path or places.shipped_course(), self.stay):
            self.call_from_thread(self.remember_course, path)

    def read_course(
        self, path: str | None, failed: Callable[[DrillboxError], None]
    ) -> bool:
        """Open the course at `path`, in a worker's thread; whether that could be."""
        try:
            settings, course = self.open_all(path)
        except DrillboxError as error:
            self.call_from_thread(failed, error)
            return False
        self.call_from_thread(self.loaded, settings, course)
        return True

    def change_course(self, choice: "Choice | None") -> None:
        """Open the course that was chosen from the library, if one was."""
        if choice is not None:
            self.home().wait()
            self.wish = replace(self.wish, drop=None)
            self.load_other(choice.path)

    def remember_course(self, path: str | None) -> None:
        """The next start opens it, too."""
        try:
            chosen.remember(path)
        except DrillboxError as error:
            self.notify(_(NOT_KEPT).format(error=error), markup=False)

    def stay(self, error: DrillboxError) -> None:
        """The other course cannot be used: say why and stay in this one."""
        problems = getattr(error, "problems", ())
        first = f" {problems[0]}" if problems else ""
        self.notify(f"{error}.{first}", severity="error", markup=False)
        self.refresh_home()

    def fail(self, error: DrillboxError) -> None:
        """Leave with the sentence; what was answered is on disk."""
        problems = getattr(error, "problems", ())
        text = "\n".join([*map(str, problems), f"drillbox: {error}"])
        self.exit(text, return_code=error.exit_code)

    def loaded(self, settings: "Settings", course: "Course") -> None:
        """Open the record of answers and show the path."""
        from drillbox.session import adopt  # pydantic: 60 ms

        if self.course is None and not settings.mouse:
            self.use_mouse(False, say=False)
        self.settings = settings
        self.draw_in(settings.characters)
        self.theme = f"drillbox-{taste.chosen() or settings.theme}"
        try:
            log = self.log_of_answers or self.open_log()
            self.course, self.log_of_answers = course, log
            adopt(course, log)
        except DrillboxError as error:
            self.fail(error)
            return
        self.refresh_home()
        if self.wish.drop is not None:
            self.start_practice(self.wish.drop)

    def opened(self) -> "tuple[Course, Log]":
        """Course and log; only called once they are there."""
        assert self.course is not None and self.log_of_answers is not None
        return self.course, self.log_of_answers

    def on_unmount(self) -> None:
        """Close the record; every answer in it is on disk already."""
        if self.log_of_answers is not None:
            self.log_of_answers.close()

    # -- the path

    def home(self) -> HomeScreen:
        """The home screen, which lies under everything."""
        return next(s for s in self.screen_stack if isinstance(s, HomeScreen))

    def refresh_home(self) -> None:
        """Work the plan out again and show it."""
        from drillbox.screen.standing import standing

        course, log = self.opened()
        try:
            self.home().show(standing(course, log, self.plan_today()))
        except DrillboxError as error:
            self.fail(error)

    def plan_today(self) -> "Plan":
        """Today's plan, within the minutes asked for."""
        from drillbox.session import today

        course, log = self.opened()
        minutes = self.wish.minutes or self.settings.minutes
        return today(course, log, minutes, self.wish.everything)

    # -- what a learner sits down to

    def start_session(self) -> None:
        """Sit down to today's plan."""
        self.sit(self.plan_today)

    def start_practice(self, number: int) -> None:
        """Practise a drop; moves no schedule."""
        from drillbox.session import practice

        course, _ = self.opened()
        self.sit(lambda: practice(course, number))

    def sit(self, make: "Callable[[], Plan]") -> None:
        """Start a session over the plan that `make` makes."""
        from drillbox.screen.sitting import Sitting  # the Markdown widget: 50 ms

        course, log = self.opened()
        try:
            plan = make()
        except DrillboxError as error:
            self.fail(error)
        else:
            Sitting(self, course, log, plan, self.refresh_home).start()

    def open_exercise(self, name: str) -> None:
        """Show an exercise and watch its file."""
        from drillbox.screen.exercise import ExerciseScreen  # numpy: about 100 ms

        course, log = self.opened()
        try:
            screen = ExerciseScreen(name, course, log)
        except DrillboxError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.push_screen(screen, self.returned)

    def open_run(self, name: str) -> None:
        """Predict a run and watch it."""
        from drillbox.screen.lab_run import screen_of

        course, log = self.opened()
        try:
            screen = screen_of(name, course, log)
        except DrillboxError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.push_screen(screen, self.returned)

    def read_drop(self, drop: "Drop") -> None:
        """Show a drop's text, over whatever is open."""
        from drillbox.screen.reading import RereadScreen  # pydantic, Markdown: 100 ms

        self.push_screen(RereadScreen(drop))

    def returned(self, _: object) -> None:
        """An exercise or a run was left; what waits may have changed."""
        self.refresh_home()

    def take_back(self) -> str:
        """Undo the newest thing done today; a sentence on what that was."""
        from drillbox.session.undo import take_back  # pydantic: 60 ms

        try:
            return take_back(*self.opened())[1]
        except DrillboxError as error:
            self.fail(error)
            return ""


def show(app: DrillApp) -> int:
    """Run the app; returns the exit code and prints what it left with."""
    text = app.run()
    if text:
        print(text, file=sys.stderr)
    return app.return_code or 0
