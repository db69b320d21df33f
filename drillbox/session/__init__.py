"""One sitting: see steps.py for what is said, loop.py for who says it when."""

from drillbox.session.loop import session
from drillbox.session.steps import (
    Ask,
    Done,
    End,
    Grade,
    Leave,
    Loop,
    More,
    Note,
    Read,
    Reply,
    Respond,
    Step,
    Suspend,
    Told,
    Undo,
)
from drillbox.session.today import adopt, practice, progress, today

__all__ = [
    "Ask",
    "Done",
    "End",
    "Grade",
    "Leave",
    "Loop",
    "More",
    "Note",
    "Read",
    "Reply",
    "Respond",
    "Step",
    "Suspend",
    "Told",
    "Undo",
    "adopt",
    "practice",
    "progress",
    "session",
    "today",
]
