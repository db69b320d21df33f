"""An exercise: the task, the learner's file, and the cases as they are judged."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Markdown, Static

from drillbox import places
from drillbox.domain.course import Course
from drillbox.errors import DrillboxError
from drillbox.grader import beside, workfile
from drillbox.grader.exercise import find
from drillbox.grader.supervisor import Grader
from drillbox.history.log import Log
from drillbox.screen import editor
from drillbox.screen.cases import Cases
from drillbox.screen.diff import DiffScreen
from drillbox.screen.formula import Prose
from drillbox.screen.graded import GradedScreen
from drillbox.screen.page import Page
from drillbox.session.exercise import Work, cards_on
from drillbox.words import N_, _

UNSAVED = N_("What you wrote is not saved: e goes on with it, Ctrl+S there saves it.")


class ExerciseScreen(GradedScreen, inherit_bindings=False):
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
        record = Work(course, log, find(name))
        head = record.exercise.head
        heading = _("Exercise {name} · drop {drop} · {title}")
        path, self.aside = record.open_file()
        super().__init__(
            heading.format(name=name, drop=head.drop, title=head.title),
            record,
            path,
            grader or Grader(cards=lambda _, about: cards_on(course, about)),
        )
        self.hints = record.standing.hints
        self.asking = False
        self.shown = False
        self.draft: str | None = None  # written in the box and not saved
        self.warned = False  # that it would be lost
        self.upcoming: str | None = None
        self.offered = self.what_now()

    def renew(self) -> None:
        """Work out anew what there is by the record."""
        self.offered = self.write(self.what_now) or set()
        self.refresh_bindings()

    def what_now(self) -> set[str]:
        """Those actions that are there after it is solved, or after anything today."""
        free = self.record.free
        self.upcoming = self.record.next() if free else None
        there = {
            "compare": free and self.record.standing.status == "passed",
            "next": self.upcoming is not None,
            "undo": self.record.undoable,
        }
        return {action for action in there if there[action]}

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
        """Show the hints taken before."""
        self.say("")
        if self.aside:
            back = _("It has come back, with a blank file; the old one is {path}.")
            self.say(back.format(path=places.short(self.aside)))
        self.show_hints()

    def show_hints(self) -> None:
        """Those that were taken, and no other."""
        self.query_one(".hints", Vertical).remove_children()
        for text in self.exercise.head.hints[: self.hints]:
            self.show_hint(text)

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
        if action in ("grade", "blank", "undo") and self.busy:
            return False
        by_record = ("compare", "next", "undo")
        return action in self.offered if action in by_record else True

    # -- the other keys

    def action_grade(self) -> None:
        """Grade the file; what was said of it before is no longer so, unless it is a
        question or what is not saved."""
        if not self.asking and self.draft is None:
            self.say("")
        super().action_grade()

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
        said = self.write(self.record.reset)
        if said is not None:
            self.say(said)
            self.other_file()
        self.renew()

    def other_file(self) -> None:
        """Another one lies in its place, of which no check is known."""
        self.file = workfile.Watched(self.file.path)
        self.query_one(Cases).clear()

    def action_undo(self) -> None:
        """Take back the newest thing that was done with this exercise."""
        taken = self.write(self.record.take_back)
        if taken is not None:
            self.say(taken.said)
            self.other_file() if taken.file else self.undone()
            self.column.scroll_home(animate=False)
        self.renew()

    def undone(self) -> None:
        """Show where the learner stands without the attempt that was taken back."""
        cases = self.query_one(Cases)
        if cases.passed:  # what it earned is no longer so
            cases.clear()
        self.passed = ""
        if not self.record.free:
            self.hide_solution()

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
            self.renew()
            self.show_solution()

    def show_solution(self) -> None:
        """The reference solution, below everything."""
        self.shown = True
        head, code = _("The solution."), self.exercise.solution()
        shown = f"**{head}**\n\n```python\n{code}\n```"
        self.query_one(".solutions", Vertical).mount(Markdown(shown))
        self.column.scroll_home(animate=False)
        self.refresh_bindings()

    def hide_solution(self) -> None:
        """Hide it, and the hints that cost nothing: from now on looking costs again."""
        self.shown = False
        self.query_one(".solutions", Vertical).remove_children()
        if self.hints != self.record.standing.hints:
            self.hints = self.record.standing.hints
            self.show_hints()

    def action_leave(self) -> None:
        """Back to where the learner came from; what is not saved is warned of once."""
        if self.draft is None or self.warned:
            self.dismiss(None)
            return
        self.warned = True
        self.say(_("What you wrote is not saved: e goes on with it, q again drops it."))
