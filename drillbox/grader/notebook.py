"""`drillbox.check(exercise, function)`: grading from Python and from notebooks."""

import atexit
from collections.abc import Callable
from functools import cache
from typing import Any

from drillbox.grader.carry import CannotCarry, carry
from drillbox.grader.exercise import find
from drillbox.grader.report import Report
from drillbox.grader.supervisor import Device, Grader
from drillbox.words import _, choose


def check(
    exercise: str,
    function: Callable[..., Any],
    device: Device = "auto",
) -> Report:
    """The verdict on `function`; nothing is recorded. At a prompt the report shows
    itself as a table, in a notebook as HTML.

    The function travels as text, with the imports, constants and functions that its
    globals and closure name, and is graded in a process of its own. If something it
    names cannot be carried, it is graded live, in this process, with a note that says
    what. It speaks the learner's language, as the program does. Raises GraderError if
    it could not be graded.
    """
    choose()
    found = find(exercise)
    grader = _warm("auto" if device == "cpu" else device)
    try:
        source = carry(function, found.head.function)
    except CannotCarry as error:
        note = _("graded live, in this process and without a sandbox: {why}")
        return grader.grade_live(found, function, (note.format(why=error),))
    return grader.grade(found, source)


@cache
def _warm(device: Device) -> Grader:
    """One grader for the whole session: starting one takes a second or two."""
    grader = Grader(device)
    atexit.register(grader.close)
    return grader
