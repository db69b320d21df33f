"""An exercise in lines: the task, the file, then a grading for each Enter."""

from collections.abc import Iterator

from drillbox.domain.course import Course
from drillbox.errors import GraderError
from drillbox.grader import submission
from drillbox.grader.exercise import find
from drillbox.grader.report import Report
from drillbox.grader.supervisor import Grader
from drillbox.history.log import Log
from drillbox.plain.talk import Talk
from drillbox.session.exercise import Checked, Work, cards_on

_GUTTER = "  │ "  # before what the learner's code printed; no words for a reader


def work(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Work at an exercise until the learner goes back.

    GraderError if there is no such exercise or its file cannot be made; HistoryError.
    """
    desk = _Desk(talk, Work(course, log, find(name)))
    talk.print(desk.opened())
    with Grader(cards=lambda _, about: cards_on(course, about)) as grader:
        desk.sit(grader)


class _Desk:
    """A learner at `work`. path: of their file. shown: the solution was seen."""

    def __init__(self, talk: Talk, work: Work) -> None:
        self.talk = talk
        self.work = work
        self.exercise = work.exercise
        self.path, self.aside = work.open_file()
        self.hints = work.standing.hints
        self.shown = False

    def opened(self) -> Iterator[str]:
        """The task, and where it is written."""
        head = self.exercise.head
        place = f"drop {head.drop}, about {head.minutes} minutes"
        yield f"\nExercise: {head.title}, {place}"
        yield f"\n{head.signature}\n"
        yield self.talk.voice(head.task)
        yield f"\nYour file: {self.path}"
        if self.aside:
            yield f"It has come back, with a blank file; the old one is {self.aside}."
        for number in range(self.hints):
            yield self.hint_text(number)
        yield "Write it in any editor, save, then come back here."

    def sit(self, grader: Grader) -> None:
        """Obey line after line, until one goes back."""
        while True:
            self.talk.print([self.keys()])
            word = self.talk.line().strip().removeprefix(":")
            if word == "q":
                return
            if word == "":
                self.grade(grader)
            elif word == "h":
                self.hint()
            elif word == "g":
                self.give_up()
            else:
                self.talk.print([f"'{word}' is no command here."])

    def keys(self) -> str:
        """What can be typed now."""
        hint = ", h hint" if self.hints < len(self.exercise.head.hints) else ""
        give_up = "" if self.shown else ", g give up"
        return f"Enter grades the file{hint}{give_up}, q back."

    # -- grading

    def grade(self, grader: Grader) -> None:
        """Grade the file as it is now, record what it was, tell the verdict."""
        if grader.resting:
            self.talk.print(["Grading once torch has started, which takes seconds."])
        try:
            source = submission.read(self.path)
            report = grader.grade(self.exercise, source, file=self.path)
        except GraderError as error:
            self.talk.print([f"Not graded: {error}"])
            return
        checked = self.work.checked(self.path, source, report)
        self.talk.print(self.verdict(report, checked))

    def verdict(self, report: Report, checked: Checked) -> Iterator[str]:
        """The verdict and its cases, what is known of the mistake, what counts."""
        yield from (line.replace(_GUTTER, "  ") for line in report.text())
        yield from checked.said
        yield str(report.sandbox)
        if checked.recorded is None:
            yield f"Not counted: {checked.why_not}."
        elif earned := self.work.earned(checked.recorded):
            yield f"Recorded: {earned}."

    # -- help

    def hint_text(self, number: int) -> str:
        """Hint `number`, from 0."""
        hints = self.exercise.head.hints
        return f"Hint {number + 1} of {len(hints)}: {self.talk.voice(hints[number])}"

    def hint(self) -> None:
        """The next hint; a pass then counts as 3. Free once it has passed."""
        if self.hints == len(self.exercise.head.hints):
            self.talk.print(["There is no further hint."])
            return
        if not self.work.free:
            self.work.hint(self.hints + 1)
        self.talk.print([self.hint_text(self.hints)])
        self.hints += 1

    def give_up(self) -> None:
        """Show the solution; asks first where that costs something."""
        earned = ""
        if not self.work.free:
            question = "Show the solution? The exercise then counts as 0: y or n"
            self.talk.print([question])
            if self.talk.line().strip().lower() not in ("y", "yes"):
                return
            earned = self.work.earned(self.work.give_up())
        self.shown = True
        self.talk.print(["The solution:", "", self.exercise.solution()])
        if earned:
            self.talk.print([f"Recorded: {earned}."])
