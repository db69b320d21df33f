"""`drillbox review`: today's session, on the screen or line by line."""

import gc
import os
import sys
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from drillbox.cli import complete
from drillbox.web import lifeline

if TYPE_CHECKING:
    from drillbox.domain.course import Course
    from drillbox.domain.plan import Plan
    from drillbox.domain.settings import Settings
    from drillbox.history.log import Log
    from drillbox.screen.app import DrillApp


@click.command("review")
@click.option("--plain", is_flag=True, help="Line by line, for pipes and readers.")
@click.option("--spoken", is_flag=True, help="Line by line, formulas in words.")
@click.option("--minutes", type=click.IntRange(1, 240), help="The minutes there are.")
@click.option(
    "--drop",
    type=int,
    shell_complete=complete.drops,
    help="Practise one drop; moves no schedule.",
)
@click.option("--all", "everything", is_flag=True, help="Open every drop at once.")
@click.option("--course", type=click.Path(), help="A course directory.")
def command(
    plain: bool = False,
    spoken: bool = False,
    minutes: int | None = None,
    drop: int | None = None,
    everything: bool = False,
    course: str | None = None,
) -> int:
    """Live through today's plan.

    Line by line with --plain or --spoken, with ACCESSIBLE set, in a dumb terminal, or
    where there is no terminal.

    \b
    Examples:
      drillbox review
      drillbox review --minutes 10
      drillbox review --drop 7          practise; moves no schedule
      printf '1\\n' | drillbox review --plain
    """
    in_browser = lifeline.served()
    if plain or spoken or (not in_browser and (_no_screen() or _plain_by_setting())):
        return _plain(spoken, minutes, drop, everything, course)
    lifeline.hold()
    from drillbox.screen import taste

    gc.disable()  # 20 ms before the first paint; the app switches it on after that
    from drillbox.screen.app import DrillApp, Wish, show  # textual: 150 ms

    first = taste.never_asked() and drop is None and not in_browser
    wish = Wish(course, minutes, everything, drop)
    app = DrillApp(wish, lambda path: _open(app, path), _open_log, first)
    return show(app)


def _open(app: "DrillApp", path: str | None) -> "tuple[Settings, Course]":
    """Called in a worker's thread; what is wrong with the settings is said there."""
    from drillbox.cli.opening import open_wished, settings

    def tell(text: str) -> None:
        said = partial(app.notify, text, severity="error", timeout=20, markup=False)
        app.call_from_thread(said)

    chosen = settings(tell)
    return chosen, open_wished(path, tell)


def _open_log() -> "Log":
    from drillbox.cli.opening import open_log

    return open_log()


def _no_screen() -> bool:
    dumb = os.environ.get("TERM", "") in ("", "dumb")
    tty = sys.stdin.isatty() and sys.stdout.isatty()
    return bool(os.environ.get("ACCESSIBLE")) or dumb or not tty


def _plain_by_setting() -> bool:
    from drillbox import places

    if not _says_either(places.settings()):
        return False  # pydantic and yaml, 80 ms, only for those who may have said so
    from drillbox.cli.opening import settings

    chosen = settings(lambda _text: None)  # who reads them next says what is wrong
    return chosen.plain or chosen.spoken


def _says_either(path: str) -> bool:
    """Does either word stand in the settings, in whatever way?"""
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError:  # none, or none that can be read, which the screen will say
        return False
    return b"plain" in text or b"spoken" in text


def _plain(
    spoken: bool,
    minutes: int | None,
    drop: int | None,
    everything: bool,
    path: str | None,
) -> int:
    from drillbox.cli.opening import open_log, open_wished, settings
    from drillbox.plain import run, say
    from drillbox.session import adopt

    _say_what_can_be_said()
    course = open_wished(path)
    with open_log() as log:
        adopt(course, log)
        chosen = settings()
        today = _plan(course, log, minutes or chosen.minutes, drop, everything)
        in_words = spoken or chosen.spoken
        run(course, log, today, voice=say.spoken if in_words else say.text)
    return 0


def _say_what_can_be_said() -> None:
    """In a terminal without Greek letters name them; take any bytes for an answer."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="namereplace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _plan(
    course: "Course",
    log: "Log",
    minutes: int | None,
    drop: int | None,
    everything: bool,
) -> "Plan":
    from drillbox.session import practice, today

    if drop is None:
        return today(course, log, minutes, everything)
    return practice(course, drop)
