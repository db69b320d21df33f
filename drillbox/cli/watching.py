"""`drillbox check --watch`: every save of one file is graded, until Ctrl+C."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import click

from drillbox.cli.check import Desk
from drillbox.domain.attempts import digest
from drillbox.errors import GraderError
from drillbox.grader import submission
from drillbox.grader.report import Case, first_failing, lines_of
from drillbox.grader.supervisor import Grader
from drillbox.grader.workfile import Watched
from drillbox.places import short
from drillbox.words import _

OnCase = Callable[[Case], None]


def watch_file(desk: Desk, grader: Grader, path: str) -> int:
    """Grade the file as it is, unless it is the starter, then every save.

    The exit code of the last verdict; GraderError if there is no such file.
    """
    source = submission.read(path)
    warming = Thread(target=_warm, args=(desk, grader), daemon=True)
    warming.start()
    file = Watched(path)
    said = _("{file}: every save is graded; Ctrl+C ends.").format(file=short(path))
    click.echo(said, err=desk.as_json)
    code = 0
    try:
        if digest(source) != digest(desk.exercise.starter):
            code = _graded(desk, grader, file)
        while True:
            file.wait()
            saved = _("saved at {time}").format(time=time.strftime("%H:%M:%S"))
            click.echo("\n" + saved, err=desk.as_json)
            code = _graded(desk, grader, file)
    except KeyboardInterrupt:
        return code
    finally:
        if not warming.is_alive():  # else nobody waits: they end with this process
            grader.close()


def _warm(desk: Desk, grader: Grader) -> None:
    """Start the grader behind the learner, so that no check waits for an import."""
    try:
        grader.warm(desk.exercise)
    except GraderError as error:
        click.echo(f"drillbox: {error}", err=True)


def _graded(desk: Desk, grader: Grader, file: Watched) -> int:
    try:
        source = file.read()
        with _shown(desk) as on_case:
            report = grader.grade(desk.exercise, source, on_case, file=file.path)
    except GraderError as error:
        return desk.fail(file.path, grader.device, error)
    return desk.tell(file.path, source, report)


@contextmanager
def _shown(desk: Desk) -> Iterator[OnCase | None]:
    """In a terminal each case is shown as soon as it is judged, those that failed on
    top; the whole report then takes their place."""
    if desk.as_json or not sys.stdout.isatty():
        yield None
        return
    from rich.live import Live  # comes with Textual; only here is it shown
    from rich.text import Text

    cases: list[Case] = []
    with Live(Text(_("Grading …")), transient=True, auto_refresh=False) as live:

        def judged(case: Case) -> None:
            cases.append(case)
            shown = "\n".join(lines_of(first_failing(cases)))
            live.update(Text(shown), refresh=True)

        yield judged
