"""Taking back the newest thing done today, wherever the learner is."""

from collections.abc import Sequence

from drillbox.domain import event
from drillbox.domain.course import Course
from drillbox.domain.event import Draft, Event
from drillbox.history.log import Log
from drillbox.session import words
from drillbox.words import _


def take_back(
    course: Course, log: Log, mine: Sequence[str] = (), item: str | None = None
) -> tuple[Event | None, str]:
    """Undo the newest answer, reading, attempt, prediction, suspension, note of today.

    mine: ids of the events of a session that goes on, which come first, whatever the
    day. item: only what was done with this one of the course. What was undone, None if
    nothing was, and a sentence for the learner.
    HistoryError if it cannot be written.
    """
    newest = log.undoable(mine, None if item is None else (course.id, item))
    if newest is None:
        return None, _("nothing to undo today")
    log.append(Draft(event.UNDO, newest.course, newest.item, target=newest.id))
    answers = log.state(newest.course, newest.item).answers
    return newest, words.undone(newest, course, answers)
