"""`drillbox check`: grade files against an exercise."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from drillbox.cli import complete
from drillbox.errors import GraderError
from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.domain.course import Course
    from drillbox.grader.exercise import Exercise
    from drillbox.grader.report import Report
    from drillbox.grader.supervisor import Device, Grader
    from drillbox.session.exercise import Checked


@click.command("check")
@click.argument("exercise", shell_complete=complete.exercises)
@click.argument("files", nargs=-1, type=click.Path())
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda", "mps"]),
    default="auto",
    help="auto is the CPU; a GPU comes after it.",
)
@click.option("--watch", is_flag=True, help="Grade every save of one file.")
@click.option("--diff", is_flag=True, help="Once it passes: yours and the reference.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each file.")
@click.option("--record", is_flag=True, help="Count it, whichever file it is.")
def command(
    exercise: str,
    files: tuple[str, ...],
    device: "Device",
    watch: bool,
    diff: bool,
    as_json: bool,
    record: bool,
) -> int:
    """Grade FILES against EXERCISE; without FILES the one `exercise start` made.

    Only that file's checks are recorded, or with --record any. Exit 0: passed,
    1: failed, 2: could not be graded; of several files the worst.

    \b
    Examples:
      drillbox check dpo-loss
      drillbox check dpo-loss --watch
      drillbox check dpo-loss mine.py other.py --json
      drillbox check dpo-train-step step.py --device cpu
    """
    if watch and len(files) > 1:
        raise click.UsageError(_("--watch takes one file"))
    if diff and as_json:
        raise click.UsageError(_("--diff is for people and --json for programs"))
    from drillbox.grader.exercise import find  # numpy: about 100 ms
    from drillbox.grader.supervisor import Grader

    desk = Desk(find(exercise), as_json, diff, record)
    chosen = files or (own_file(exercise),)
    grader = Grader(device, cards=lambda _name, about: desk.cards_on(about))
    if watch:
        from drillbox.cli.watching import watch_file

        return watch_file(desk, grader, chosen[0])
    with grader:
        return max(desk.check(grader, path) for path in chosen)


def own_file(exercise: str) -> str:
    """The file that `exercise start` made. GraderError if it did not."""
    from drillbox.grader.workfile import path_of

    path = path_of(exercise)
    if not os.path.exists(path):
        none = _("there is no file of yours yet; run `drillbox exercise start {name}`")
        raise GraderError(none.format(name=exercise))
    return path


def course_of(exercise: "Exercise") -> "Course":
    """The course that an exercise came with: the shipped one, or an added one."""
    from drillbox import places
    from drillbox.cli.opening import open_course

    folder = os.path.dirname(exercise.directory)
    shipped = os.path.samefile(folder, places.shipped_exercises())
    return open_course(None if shipped else os.path.dirname(folder))


def ungraded(exercise: str, file: str, device: str, error: GraderError) -> object:
    """The line of JSON of a file that could not be graded: its fields, and why."""
    from drillbox.grader.report import Report

    empty = Report(exercise, file, False, device, None, 0.0, ())
    return {**empty.json(), "reference_readable": False, "error": str(error)}


@dataclass
class Desk:
    """Where files are graded against one exercise, printed and, if they count, kept.

    as_json, diff, record: as the options say.
    """

    exercise: "Exercise"
    as_json: bool = False
    diff: bool = False
    record: bool = False

    @cached_property
    def course(self) -> "Course":
        """The course of the exercise."""
        return course_of(self.exercise)

    def cards_on(self, misconception: str) -> tuple[str, ...]:
        """Its cards on a misconception."""
        from drillbox.session.exercise import cards_on

        return cards_on(self.course, misconception)

    def check(self, grader: "Grader", path: str) -> int:
        """Grade a file; the exit code for it."""
        from drillbox.grader import submission

        try:
            source = submission.read(path)
            report = grader.grade(self.exercise, source, file=path)
        except GraderError as error:
            return self.fail(path, grader.device, error)
        return self.tell(path, source, report)

    def fail(self, path: str, device: str, error: GraderError) -> int:
        """It could not be graded, which says nothing about the code."""
        if self.as_json:
            told = ungraded(self.exercise.id, path, device, error)
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"drillbox: {error}", err=True)
        return error.exit_code

    def tell(self, path: str, source: str, report: "Report") -> int:
        """Record the attempt, if it counts, then print the verdict."""
        counts = self.record or _is_own(self.exercise.id, path)
        said, earned = self.recorded(path, source, report) if counts else ([], [])
        if self.as_json:
            click.echo(json.dumps(report.json(), ensure_ascii=False))
        else:
            click.echo("\n".join([*report.text(), *said, str(report.sandbox)]))
        for line in earned:
            click.echo(line, err=self.as_json)
        if self.diff:
            click.echo("\n".join(_beside(self.exercise, source, report.passed)))
        return 0 if report.passed else 1

    def recorded(
        self, path: str, source: str, report: "Report"
    ) -> tuple[list[str], list[str]]:
        """What there is to say of the mistake, and of what was recorded."""
        from drillbox.cli.opening import open_log
        from drillbox.session.exercise import Work

        with open_log() as log:
            work = Work(self.course, log, self.exercise)
            checked = work.checked(path, source, report)
            earned = work.earned(checked.recorded) if checked.recorded else ""
            following = work.next() if earned else None
            over = work.free or work.came_back is not None
        return [*checked.said], [*self.outcome(checked, earned, following, over)]

    def outcome(
        self, checked: "Checked", earned: str, following: str | None, over: bool
    ) -> Iterator[str]:
        """What was recorded, and what comes next. over: it is solved or given up."""
        if checked.recorded is None:
            yield _("Not counted: {why}.").format(why=checked.why_not)
        if checked.recorded is None and over:
            blank = _("A blank file: drillbox exercise start {name} --fresh")
            yield blank.format(name=self.exercise.id)
        if earned:
            yield _("Recorded: {earned}.").format(earned=earned)
        if following:
            coming = _("Next on the path: drillbox exercise start {name}")
            yield coming.format(name=following)


def _is_own(exercise: str, path: str) -> bool:
    from drillbox.grader.workfile import path_of

    return os.path.realpath(path) == os.path.realpath(path_of(exercise))


def _beside(exercise: "Exercise", source: str, passed: bool) -> Iterator[str]:
    """Yours and the reference; side by side in a terminal that is wide enough."""
    import shutil

    from drillbox.grader import beside

    yield ""
    if not passed:
        yield _("The reference is shown once your file passes.")
        return
    width = shutil.get_terminal_size().columns
    yours, reference = beside.body(source, exercise.starter), exercise.solution()
    for text, _kind in beside.lines(yours, reference, width, width >= beside.ROOM):
        yield text
