"""An exercise: the task, the learner's file, and the cases as they are judged."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from drillbox.domain import attempts, event
from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.mathtext import prose
from drillbox.domain.studyday import iso
from drillbox.errors import DrillboxError
from drillbox.grader import workfile
from drillbox.grader.exercise import find
from drillbox.grader.report import Case, Report
from drillbox.grader.supervisor import Grader
from drillbox.history.log import Log, Recorded
from drillbox.screen import editor
from drillbox.screen.cases import Cases
from drillbox.screen.page import Page
from drillbox.session import words


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


class ExerciseScreen(Page[None], inherit_bindings=False):
    """One exercise. Its grader is kept warm while the screen is open.

    grader: another one than its own. Raises DrillboxError if there is no such exercise
    or its file cannot be made.
    """

    ABOUT = (
        "An exercise. Write in your file, in any editor: every save is graded. Passed "
        "at the first check counts as 5, later 4, after a hint or three failed checks "
        "3."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit"),
        Binding("r", "grade", "grade"),
        Binding("h", "hint", "hint"),
        Binding("g", "give_up", "give up"),
        Binding("space", "turn(1)", "read on"),
        Binding("y", "surrender", "show the solution: quality 0"),
        Binding("n,escape", "go_on", "no, go on"),
        Binding("q,escape", "leave", "back"),
        *Page.BINDINGS,
    ]

    def __init__(
        self, name: str, course: Course, log: Log, grader: Grader | None = None
    ) -> None:
        self.exercise = find(name)
        head = self.exercise.head
        super().__init__(f"Exercise {name} · drop {head.drop} · {head.title}")
        self.file = workfile.Watched(workfile.make(name, self.exercise.starter))
        self.course = course
        self.record = log
        self.grader = grader or Grader(cards=self.cards_on)
        mark = self.exercise.fingerprint
        self.about = attempts.About(course.id, name, mark, self.exercise.starter)
        self.past = [
            one
            for one in log.events(course.id)
            if one.item == name or one.kind in (event.UNDO, event.RESET)
        ]
        self.hints = self.standing.hints
        self.busy = False
        self.asking = False
        self.shown = False

    def cards_on(self, course: str, misconception: str) -> tuple[str, ...]:
        """The cards of the course on a misconception."""
        found = (m for m in self.course.misconceptions if m.id == misconception)
        return next((one.cards for one in found), ())

    @property
    def standing(self) -> attempts.Standing:
        """Where the learner stands with this exercise."""
        return attempts.standing(self.past, self.course.id, self.exercise.id)

    # -- what is seen

    def body(self) -> ComposeResult:
        """The file; what has happened to it, the newest above; the task."""
        path = workfile.short(self.file.path)
        yield Static(f"Your file: {path}", classes="file", markup=False)
        yield Vertical(classes="solutions")
        yield Vertical(classes="hints")
        yield Cases(classes="grading")
        yield Markdown(prose(self.exercise.head.task, escape=True), classes="task")

    def foot(self) -> ComposeResult:
        """What there is to say."""
        yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Show the hints taken before, and watch the file."""
        self.say("")
        for text in self.exercise.head.hints[: self.hints]:
            self.show_hint(text)
        self.set_interval(workfile.POLL_S, self.watch_file)

    def on_unmount(self) -> None:
        """End the grader's processes, once the case that runs has ended."""
        self.app.run_worker(self.grader.close, thread=True, exit_on_error=False)

    def say(self, text: str) -> None:
        """One sentence above the keys."""
        line = self.query_one(".said", Static)
        line.update(text)
        line.display = bool(text)

    def show_hint(self, text: str) -> None:
        """A hint, below those before it."""
        hint = Markdown(f"**Hint.** {prose(text, escape=True)}", classes="hint")
        self.query_one(".hints", Vertical).mount(hint)
        self.column.scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do; while something is asked, only its answers."""
        if action in ("surrender", "go_on"):
            return self.asking
        if self.asking:
            return False
        if action == "hint":
            return self.hints < len(self.exercise.head.hints) and not self.shown
        if action == "give_up":
            return not self.shown
        if action == "turn" and parameters == (1,):
            return self.more_below()
        return not self.busy if action == "grade" else True

    # -- grading

    def watch_file(self) -> None:
        """Grade a save."""
        if not self.busy and self.file.saved():
            self.action_grade()

    def action_grade(self) -> None:
        """Grade the file as it is now."""
        self.busy = True
        cases = self.query_one(Cases)
        cases.begin("Grading … the first time torch takes some seconds to start.")
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
        self.query_one(Cases).headline(f"Not graded: {message.error}")

    def on_graded(self, message: Graded) -> None:
        """Record the attempt, then show what it was."""
        report = message.report
        verdict = {
            "verdict": "right" if report.passed else "wrong",
            "duration_ms": round(report.seconds * 1000),
            "diagnosis": report.diagnosis.id if report.diagnosis else None,
        }
        draft = self.about.checked(
            message.source, report.passed, self.standing, verdict
        )
        recorded = self.append(draft) if draft else None
        cases = self.query_one(Cases)
        cases.headline(headline(report, recorded), report.passed)
        cases.end(report)
        self.over()

    def over(self) -> None:
        """The grading has ended."""
        self.busy = False
        self.refresh_bindings()

    def append(self, draft: Draft) -> Recorded | None:
        """Write to the log; where that fails the app ends with the sentence."""
        try:
            recorded = self.record.append(draft)
        except DrillboxError as error:
            self.app.fail(error)
            return None
        self.past.append(recorded.event)
        return recorded

    # -- the other keys

    def action_edit(self) -> None:
        """Open the file in the learner's editor."""
        try:
            editor.edit(self.app, self.file.path, self.app.settings.editor)
        except editor.EditorError as error:
            self.say(str(error))
        else:
            self.say("")

    def action_hint(self) -> None:
        """Show the next hint; a pass then counts as 3. Free once it has passed."""
        if self.free() or self.append(self.about.hint(self.hints + 1)):
            self.show_hint(self.exercise.head.hints[self.hints])
            self.hints += 1
            self.refresh_bindings()

    def free(self) -> bool:
        """Does looking at the solution cost nothing: passed, and not due again?"""
        state = self.record.state(self.course.id, self.exercise.id)
        due = state.due is not None and state.due <= self.record.today()
        return self.standing.status in ("passed", "gave up") and not due

    def action_give_up(self) -> None:
        """Show the solution; asks first where that costs something."""
        if self.free():
            self.show_solution()
            return
        self.asking = True
        self.say("Show the solution? The exercise then counts as 0 and comes back.")
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Do not give up."""
        self.asking = False
        self.say("")
        self.refresh_bindings()

    def action_surrender(self) -> None:
        """Give up: recorded, then shown."""
        self.action_go_on()
        if self.append(self.about.gave_up()):
            self.show_solution()

    def show_solution(self) -> None:
        """The reference solution, below everything."""
        self.shown = True
        code = f"**The solution.**\n\n```python\n{self.exercise.solution()}\n```"
        self.query_one(".solutions", Vertical).mount(Markdown(code))
        self.column.scroll_home(animate=False)
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to where the learner came from."""
        self.dismiss(None)


def headline(report: Report, recorded: Recorded | None) -> str:
    """The verdict in one line, and what was recorded."""
    right = sum(case.passed for case in report.cases)
    if not report.passed:
        return f"✗ Not yet: {right} of {len(report.cases)} cases right"
    if recorded is None or recorded.event.quality is None:
        return "✓ Passed; this very code was graded before, so nothing moves"
    quality, due = recorded.event.quality, recorded.after.due
    back = f"; back on {iso(due)}" if due is not None else ""
    return f"✓ Passed, quality {quality}, {words.QUALITY[quality]}{back}"
