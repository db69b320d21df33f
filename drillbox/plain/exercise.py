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
from drillbox.words import N_, _, ngettext

ASKED = N_("Show the solution? The exercise then counts as 0: y or n")
_GUTTER = "  │ "  # before what the learner's code printed; no words for a reader


def work(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Work at an exercise until the learner goes back.

    GraderError if there is no such exercise or its file cannot be made; HistoryError.
    """
    desk = _Desk(talk, Work(course, log, find(name)))
    talk.print(desk.opened())
    with Grader(cards=lambda _name, about: cards_on(course, about)) as grader:
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
        said = ngettext(
            "Exercise: {title}, drop {drop}, about {n} minutes",
            "Exercise: {title}, drop {drop}, about {n} minutes",
            head.minutes,
        )
        yield "\n" + said.format(title=head.title, drop=head.drop, n=head.minutes)
        yield f"\n{head.signature}\n"
        yield self.talk.voice(head.task)
        yield "\n" + _("Your file: {path}").format(path=self.path)
        if self.aside:
            back = _("It has come back, with a blank file; the old one is {path}.")
            yield back.format(path=self.aside)
        for number in range(self.hints):
            yield self.hint_text(number)
        yield _("Write it in any editor, save, then come back here.")

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
                said = _("'{word}' is no command here.").format(word=word)
                self.talk.print([said])

    def keys(self) -> str:
        """What can be typed now."""
        keys = [_("Enter grades the file")]
        keys += [_("h hint")] if self.hints < len(self.exercise.head.hints) else []
        keys += [] if self.shown else [_("g give up")]
        return f"{', '.join([*keys, _('q back')])}."

    # -- grading

    def grade(self, grader: Grader) -> None:
        """Grade the file as it is now, record what it was, tell the verdict."""
        if grader.resting:
            soon = _("Grading once torch has started, which takes seconds.")
            self.talk.print([soon])
        try:
            source = submission.read(self.path)
            report = grader.grade(self.exercise, source, file=self.path)
        except GraderError as error:
            self.talk.print([_("Not graded: {why}").format(why=error)])
            return
        checked = self.work.checked(self.path, source, report)
        self.talk.print(self.verdict(report, checked))

    def verdict(self, report: Report, checked: Checked) -> Iterator[str]:
        """The verdict and its cases, what is known of the mistake, what counts."""
        yield from (line.replace(_GUTTER, "  ") for line in report.text())
        yield from checked.said
        yield str(report.sandbox)
        if checked.recorded is None:
            yield _("Not counted: {why}.").format(why=checked.why_not)
        elif earned := self.work.earned(checked.recorded):
            yield _("Recorded: {earned}.").format(earned=earned)

    # -- help

    def hint_text(self, number: int) -> str:
        """Hint `number`, from 0."""
        hints = self.exercise.head.hints
        text = self.talk.voice(hints[number])
        said = _("Hint {n} of {total}: {text}")
        return said.format(n=number + 1, total=len(hints), text=text)

    def hint(self) -> None:
        """The next hint; a pass then counts as 3. Free once it has passed."""
        if self.hints == len(self.exercise.head.hints):
            self.talk.print([_("There is no further hint.")])
            return
        if not self.work.free:
            self.work.hint(self.hints + 1)
        self.talk.print([self.hint_text(self.hints)])
        self.hints += 1

    def give_up(self) -> None:
        """Show the solution; asks first where that costs something."""
        earned = ""
        if not self.work.free:
            self.talk.print([_(ASKED)])
            if self.talk.line().strip().lower() not in ("y", "yes"):
                return
            earned = self.work.earned(self.work.give_up())
        self.shown = True
        self.talk.print([_("The solution:"), "", self.exercise.solution()])
        if earned:
            self.talk.print([_("Recorded: {earned}.").format(earned=earned)])
