"""`drillbox check`: grade files against an exercise."""

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from drillbox.errors import GraderError

if TYPE_CHECKING:
    from drillbox.grader.exercise import Exercise
    from drillbox.grader.report import Report
    from drillbox.grader.supervisor import Grader


@click.command("check")
@click.argument("exercise")
@click.argument("files", nargs=-1, type=click.Path())
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    help="auto is the CPU; cuda was not measured.",
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each file.")
@click.option("--record", is_flag=True, help="Count it, whichever file it is.")
def command(
    exercise: str, files: tuple[str, ...], device: str, as_json: bool, record: bool
) -> int:
    """Grade FILES against EXERCISE; without FILES the one `exercise start` made.

    Only that file's checks are recorded, or with --record any. Exit 0: passed,
    1: failed, 2: could not be graded; of several files the worst.

    \b
    Examples:
      drillbox check dpo-loss
      drillbox check dpo-loss mine.py other.py --json
      drillbox check dpo-train-step step.py --device cpu
    """
    from drillbox.grader.exercise import find  # numpy: about 100 ms
    from drillbox.grader.supervisor import Grader

    found = find(exercise)
    chosen = files or (own_file(exercise),)
    worst = 0
    with Grader("cuda" if device == "cuda" else "auto", cards=_cards) as grader:
        for path in chosen:
            check = _Check(grader, found, path, as_json)
            worst = max(worst, check.run(record or _is_own(exercise, path)))
    return worst


def own_file(exercise: str) -> str:
    """The file that `exercise start` made. GraderError if it did not."""
    from drillbox.grader.workfile import path_of

    path = path_of(exercise)
    if not os.path.exists(path):
        start = f"drillbox exercise start {exercise}"
        raise GraderError(f"there is no file of yours yet; run `{start}`")
    return path


def _is_own(exercise: str, path: str) -> bool:
    from drillbox.grader.workfile import path_of

    return os.path.realpath(path) == os.path.realpath(path_of(exercise))


def _cards(course: str, misconception: str) -> tuple[str, ...]:
    """The cards of the shipped course that treat a misconception."""
    from drillbox.cli.opening import open_course

    opened = open_course()
    if opened.id != course:
        return ()
    return next((m.cards for m in opened.misconceptions if m.id == misconception), ())


def ungraded(exercise: str, file: str, device: str, error: GraderError) -> object:
    """The line of JSON of a file that could not be graded: its fields, and why."""
    from drillbox.grader.report import Report

    empty = Report(exercise, file, False, device, None, 0.0, ())
    return {**empty.json(), "reference_readable": False, "error": str(error)}


class _Check:
    """One file, graded, printed and, if it counts, recorded."""

    def __init__(
        self, grader: "Grader", exercise: "Exercise", path: str, as_json: bool
    ) -> None:
        self.grader = grader
        self.exercise = exercise
        self.path = path
        self.as_json = as_json

    def run(self, record: bool) -> int:
        """The exit code for this file."""
        from drillbox.grader import submission

        try:
            source = submission.read(self.path)
            report = self.grader.grade(self.exercise, source, file=self.path)
        except GraderError as error:
            return self.fail(error)
        if self.as_json:
            click.echo(json.dumps(report.json(), ensure_ascii=False))
        else:
            click.echo("\n".join([*report.text(), str(report.sandbox)]))
        if record:
            for line in self.recorded(source, report):
                click.echo(line, err=self.as_json)
        return 0 if report.passed else 1

    def fail(self, error: GraderError) -> int:
        """It could not be graded, which says nothing about the code."""
        if self.as_json:
            told = ungraded(self.exercise.id, self.path, self.grader.device, error)
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"drillbox: {error}", err=True)
        return error.exit_code

    def recorded(self, source: str, report: "Report") -> Iterator[str]:
        """Record the attempt, if it is one; says what it earned."""
        from drillbox.cli.opening import open_log
        from drillbox.domain import attempts
        from drillbox.domain.studyday import iso

        exercise = self.exercise
        course = exercise.head.course
        about = attempts.About(
            course, exercise.id, exercise.fingerprint, exercise.starter
        )
        verdict = {
            "kind": "exercise",
            "verdict": "right" if report.passed else "wrong",
            "duration_ms": round(report.seconds * 1000),
        }
        with open_log() as log:
            now = attempts.standing(log.events(course), course, exercise.id)
            draft = about.checked(source, report.passed, now, verdict)
            if draft is None:
                yield "Not counted: the same as before, the starter, or no Python."
                if now.status == "passed":
                    again = f"drillbox exercise start {exercise.id} --fresh"
                    yield f"To write it anew: {again}"
                return
            written = log.append(draft)
        if report.passed and written.after.due is not None:
            day = iso(written.after.due)
            yield f"Recorded: quality {draft.quality}; it comes back on {day}."
