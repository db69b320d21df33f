"""What Tab completes: names of exercises and runs, ids of cards and courses.

Everything is imported when Tab is pressed, nothing when a verb is called.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from drillbox.domain.course import Course

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def _beginning(names: Callable[[click.Context], Iterable[str]]) -> Completer:
    """A completer: those names that begin with what was typed."""

    def complete(
        ctx: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[str]:
        return [name for name in names(ctx) if name.startswith(incomplete)]

    return complete


def _exercises(ctx: click.Context) -> Iterable[str]:
    from drillbox.grader.exercise import names  # numpy: 100 ms

    return names()


def _runs(ctx: click.Context) -> Iterable[str]:
    from drillbox.lab.begin import general_runs
    from drillbox.lab.run import runs

    return [*(one.id for one in general_runs()), *(one.id for one in runs())]


def _cards(ctx: click.Context) -> Iterable[str]:
    course = _course(ctx)
    drops = course.drops if course is not None else ()
    return dict.fromkeys(item.card.id for drop in drops for item in drop.items)


def _drops(ctx: click.Context) -> Iterable[str]:
    course = _course(ctx)
    return [str(drop.number) for drop in course.drops] if course is not None else []


def _course(ctx: click.Context) -> "Course | None":
    """The course that is meant so far; a broken one completes nothing."""
    from drillbox.cli.opening import open_course
    from drillbox.errors import DrillboxError
    from drillbox.library import chosen

    try:
        return open_course(ctx.params.get("course") or chosen.course())
    except DrillboxError:
        return None


def _terms(ctx: click.Context) -> Iterable[str]:
    course = _course(ctx)
    terms = course.glossary if course is not None else ()
    return [one.term for one in terms if " " not in one.term]  # a shell splits there


exercises = _beginning(_exercises)
runs = _beginning(_runs)
cards = _beginning(_cards)
drops = _beginning(_drops)
terms = _beginning(_terms)
