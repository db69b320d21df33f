"""An exercise: the task, the learner's file, and the cases as they are judged."""

from collections.abc import Callable
from threading import Thread
from typing import ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from drillbox import places
from drillbox.domain.course import Course
from drillbox.errors import DrillboxError
from drillbox.grader import beside, workfile
from drillbox.grader.exercise import find
from drillbox.grader.report import Case, Report
from drillbox.grader.supervisor import Grader
from drillbox.history.log import Log
from drillbox.screen import editor
from drillbox.screen.cases import Cases
from drillbox.screen.diff import DiffScreen
from drillbox.screen.formula import Prose
from drillbox.screen.page import Page
from drillbox.session.exercise import Checked, Work, cards_on
from drillbox.words import N_, _

Done = TypeVar("Done")
UNSAVED = N_("What you wrote is not saved: e goes on with it, Ctrl+S there saves it.")


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

    ABOUT = N_(
        "An exercise. Write in your file, in any editor: every save is graded. Passed "
        "at the first check counts as 5, later 4, after a hint or three failed checks "
        "3. It comes back as cards do, with a blank file; the old ones stay beside it."
    )
    WORKS = "exercise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "surrender", N_("show the solution: quality 0")),
        Binding("n", "next", N_("next exercise")),
        Binding("d", "compare", N_("diff")),
        Binding("e", "edit", N_("edit")),
        Binding("r", "grade", N_("grade")),
        Binding("h", "hint", N_("hint")),
        Binding("g", "give_up", N_("give up")),
        Binding("b", "blank", N_("reset")),
        Binding("u", "undo", N_("undo")),
        Binding("space", "turn(1)", N_("read on")),
        Binding("n,escape", "go_on", N_("no, go on")),
        Binding("q,escape", "leave", N_("back")),
        *Page.BINDINGS,
    ]

    def __init__(
        self, name: str, course: Course, log: Log, grader: Grader | None = None
    ) -> None:
        self.exercise = find(name)
        head = self.exercise.head
        heading = _("Exercise {name} · drop {drop} · {title}")
        super().__init__(heading.format(name=name, drop=head.drop, title=head.title))
        self.record = Work(course, log, self.exercise)
        path, self.aside = self.record.open_file()
        self.file = workfile.Watched(path)
        self.grader = grader or Grader(cards=lambda _, about: cards_on(course, about))
        self.warming = Thread(target=self.warm, daemon=True)
        self.clearing = Thread(target=self.clear_away, daemon=True)
        self.hints = self.record.standing.hints
        self.busy = False
        self.asking = False
        self.shown = False
        self.draft: str | None = None  # written in the box and not saved
        self.warned = False  # that it would be lost
        self.passed = ""  # the source that passed last
        self.upcoming: str | None = None
        self.after = self.what_then()

    def what_then(self) -> set[str]:
        """The actions that there are after it is solved."""
        if not self.record.free:
            return set()
        solved = self.record.standing.status == "passed"
        self.upcoming = self.record.next()
        offered = {"compare": solved, "next": self.upcoming is not None}
        return {action for action, there in offered.items() if there}

    # -- what is seen

    def body(self) -> ComposeResult:
        """The file; what has happened to it, the newest above; the task."""
        file = _("Your file: {path}").format(path=places.short(self.file.path))
        yield Static(file, classes="file", markup=False)
        yield Vertical(classes="solutions")
        yield Vertical(classes="hints")
        yield Cases(classes="grading")
        yield Prose(self.exercise.head.task, classes="task")

    def foot(self) -> ComposeResult:
        """What there is to say."""
        yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Show the hints taken before, start the grader, and watch the file."""
        self.say("")
        if self.aside:
            back = _("It has come back, with a blank file; the old one is {path}.")
            self.say(back.format(path=places.short(self.aside)))
        for text in self.exercise.head.hints[: self.hints]:
            self.show_hint(text)
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

    def say(self, text: str) -> None:
        """One sentence above the keys."""
        line = self.query_one(".said", Static)
        line.update(text)
        line.display = bool(text)

    def show_hint(self, text: str) -> None:
        """A hint, below those before it."""
        hint = Prose(f"**{_('Hint.')}** {text}", classes="hint")
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
        if action in ("compare", "next"):
            return action in self.after
        return not self.busy if action in ("grade", "blank", "undo") else True

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
        self.after = self.write(self.what_then) or set()
        self.refresh_bindings()

    def write(self, what: Callable[[], Done]) -> Done | None:
        """Use the log; where that fails the app ends with the sentence."""
        try:
            return what()
        except DrillboxError as error:
            self.app.fail(error)
            return None

    # -- the other keys

    def action_edit(self) -> None:
        """Open the file in the learner's editor; in a browser there is none."""
        chosen = self.app.settings.editor
        try:
            if self.app.is_web or not editor.is_set(chosen):
                self.open_box()
                return
            editor.edit(self.app, self.file.path, chosen)
        except editor.EditorError as error:
            self.say(str(error))
        else:
            self.say("")

    def open_box(self) -> None:
        """Write on the screen itself."""
        from drillbox.screen.edit_box import EditBox  # TextArea: 10 ms

        box = EditBox(self.file.path, self.draft)
        self.app.push_screen(box, self.keep_draft)

    def keep_draft(self, text: str | None) -> None:
        """What was written and not saved waits for the box to be opened again."""
        self.draft, self.warned = text, False
        self.say("" if text is None else _(UNSAVED))

    def action_hint(self) -> None:
        """Show the next hint; a pass then counts as 3. Free once it has passed."""
        number = self.hints + 1
        free = self.record.free
        if free or self.write(lambda: self.record.hint(number)) is not None:
            self.show_hint(self.exercise.head.hints[self.hints])
            self.hints = number
            self.refresh_bindings()

    def action_give_up(self) -> None:
        """Show the solution; asks first where that costs something."""
        if self.record.free:
            self.show_solution()
            return
        self.asking = True
        self.say(_("Show the solution? The exercise then counts as 0 and comes back."))
        self.refresh_bindings()

    def action_blank(self) -> None:
        """Begin anew; the old file stays beside the new one."""
        name, starter = self.exercise.id, self.exercise.starter
        try:
            aside = workfile.blank(name, starter)
        except DrillboxError as error:
            self.say(str(error))
            return
        self.file = workfile.Watched(self.file.path)
        self.query_one(Cases).clear()
        kept = _("Your file is blank again; the old one is {path}.")
        whole = kept.format(path=places.short(aside)) if aside else ""
        self.say(whole or _("Your file is blank again."))
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take the newest attempt back, or whatever else was the last thing today."""
        self.say(self.app.take_back())
        self.record = Work(self.record.course, self.record.log, self.exercise)
        self.over()

    def action_compare(self) -> None:
        """Yours and the reference, side by side."""
        try:
            source = self.passed or self.file.read()
        except DrillboxError as error:
            self.say(str(error))
            return
        yours, reference = (
            beside.body(source, self.exercise.starter),
            self.exercise.solution(),
        )
        self.app.push_screen(DiffScreen(self.exercise.id, yours, reference))

    def action_next(self) -> None:
        """The next exercise of the path."""
        self.dismiss(None)
        self.app.call_later(self.app.open_exercise, self.upcoming)

    def action_go_on(self) -> None:
        """Do not give up."""
        self.asking = False
        self.say("")
        self.refresh_bindings()

    def action_surrender(self) -> None:
        """Give up: recorded, then shown."""
        self.action_go_on()
        recorded = self.write(self.record.give_up)
        if recorded is not None:
            earned = self.record.earned(recorded)
            self.say(_("Given up, {earned}.").format(earned=earned))
            self.after = self.write(self.what_then) or set()
            self.show_solution()

    def show_solution(self) -> None:
        """The reference solution, below everything."""
        self.shown = True
        head, code = _("The solution."), self.exercise.solution()
        shown = f"**{head}**\n\n```python\n{code}\n```"
        self.query_one(".solutions", Vertical).mount(Markdown(shown))
        self.column.scroll_home(animate=False)
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Back to where the learner came from; what is not saved is warned of once."""
        if self.draft is None or self.warned:
            self.dismiss(None)
            return
        self.warned = True
        self.say(_("What you wrote is not saved: e goes on with it, q again drops it."))
