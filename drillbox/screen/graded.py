"""What a screen does whose file is graded at every save: watch it, grade it away from
the screen's thread, paint case by case, and record what the check was."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from textual import work
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from drillbox.errors import DrillboxError, GraderError
from drillbox.grader import workfile
from drillbox.grader.report import Case, Report
from drillbox.grader.supervisor import Grader
from drillbox.screen.cases import Cases
from drillbox.screen.page import Page
from drillbox.session.exercise import Checked, Work
from drillbox.words import _

Done = TypeVar("Done")


class Judged(Message):
    """A case was judged."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__()


class Graded(Message):
    """Every case was judged."""

    def __init__(self, source: str, report: Report) -> None:
        self.source = source
        self.report = report
        super().__init__()


class Failed(Message):
    """The file could not be graded, which is no verdict."""

    def __init__(self, error: DrillboxError) -> None:
        self.error = error
        super().__init__()


class GradedScreen(Page[None], inherit_bindings=False):
    """An exercise's file and its grader, which is kept warm while the screen is open.

    A subclass shows them and says what there is to do once a grading is over (`renew`).
    """

    def __init__(self, heading: str, record: Work, path: str, grader: Grader) -> None:
        super().__init__(heading)
        self.record = record
        self.exercise = record.exercise
        self.file = workfile.Watched(path)
        self.grader = grader
        self.warming = Thread(target=self.warm, daemon=True)
        self.clearing = Thread(target=self.clear_away, daemon=True)
        self.busy = False
        self.passed = ""  # the source that passed last

    def renew(self) -> None:
        """Work out anew what there is to do."""
        raise NotImplementedError

    # -- the grader's processes

    def on_mount(self) -> None:
        """Start the grader, and watch the file."""
        self.warming.start()
        self.set_interval(workfile.POLL_S, self.watch_file)

    def warm(self) -> None:
        """Start the grader behind the reader, so that no check waits for an import."""
        try:
            self.grader.warm(self.exercise)
        except DrillboxError as error:
            self.post_message(Failed(error))

    def on_unmount(self) -> None:
        """End the grader's processes, once the case that runs has ended.

        While they still start nobody waits for that: they end with this process too.
        """
        if self.warming.is_alive():
            self.clearing.start()
        else:
            self.app.run_worker(self.grader.close, thread=True, exit_on_error=False)

    def clear_away(self) -> None:
        """End what is still being started; before that there is nothing to end."""
        self.warming.join()
        self.grader.close()

    # -- grading

    def watch_file(self) -> None:
        """Grade a save; one that may not be over yet is looked at again soon."""
        if self.busy:
            return
        if self.file.saved():
            self.action_grade()
        elif self.file.moving:
            self.set_timer(workfile.SETTLE_S, self.watch_file)

    def action_grade(self) -> None:
        """Grade the file as it is now."""
        self.busy = True
        starts = _("Grading once torch has started, which takes some seconds …")
        waits = self.warming.is_alive() or self.grader.resting
        self.query_one(Cases).begin(starts if waits else _("Grading …"))
        self.call_after_refresh(self.show_grading)
        self.refresh_bindings()
        self.grade_file()

    def show_grading(self) -> None:
        """Bring the verdict into the window; hints and a solution stand above it."""
        above = self.query(".hints Markdown, .solutions Markdown")
        if above:
            self.query_one(Cases).scroll_visible(animate=False, top=True)
        else:
            self.column.scroll_home(animate=False)

    @work(thread=True, group="grading")
    def grade_file(self) -> None:
        """Read and grade the file, away from the screen's thread."""
        worker = get_current_worker()

        def judged(case: Case) -> None:
            if not worker.is_cancelled:
                self.post_message(Judged(case))

        try:
            source = self.file.read()
            report = self.grader.grade(
                self.exercise, source, judged, file=self.file.path
            )
        except DrillboxError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(Graded(source, report))

    def on_judged(self, message: Judged) -> None:
        """Paint a case as soon as it is judged."""
        self.query_one(Cases).add(message.case)

    def on_failed(self, message: Failed) -> None:
        """Say why there is no verdict; nothing is recorded."""
        self.over()
        self.query_one(Cases).headline(
            _("Not graded: {error}").format(error=message.error)
        )

    def on_graded(self, message: Graded) -> None:
        """Record the attempt, then show what it was."""
        report = message.report
        checked = self.write(
            lambda: self.record.checked(self.file.path, message.source, report)
        )
        if checked is None:
            return
        self.passed = message.source if report.passed else self.passed
        cases = self.query_one(Cases)
        cases.headline(self.headline(report, checked), report.passed)
        cases.end(report, checked.said)
        self.over()

    def headline(self, report: Report, checked: Checked) -> str:
        """The verdict in one line, and what was recorded."""
        if not report.passed:
            return f"✗ {report.verdict[:1].upper()}{report.verdict[1:]}"
        if checked.recorded is None:
            still = _("✓ Passed; nothing moves: {why}")
            return still.format(why=checked.why_not)
        earned = self.record.earned(checked.recorded)
        return _("✓ Passed, {earned}").format(earned=earned)

    def over(self) -> None:
        """The grading has ended."""
        self.busy = False
        self.renew()

    def write(self, what: Callable[[], Done]) -> Done | None:
        """Use the log, or the file, of which is said what is wrong with it; where the
        log fails the app ends with the sentence."""
        try:
            return what()
        except GraderError as error:
            self.say(str(error))
        except DrillboxError as error:
            self.app.fail(error)
        return None

    def say(self, text: str) -> None:
        """One sentence above the keys."""
        line = self.query_one(".said", Static)
        line.update(text)
        line.display = bool(text)
