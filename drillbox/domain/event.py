"""The kinds of event. Events never change; the log of them is the truth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWER = "answer"  # body: fingerprint, seed, answer, verdict, duration_ms, scheduler…
GRADE = "grade"  # target, quality: another quality for that answer; the last one wins
UNDO = "undo"  # target: that event does not exist
READ = "read"  # item: a drop's id
ATTEMPT = "attempt"  # item: an exercise; body.what: check, hint, give-up, pass
PREDICT = "predict"  # item: a run; body: predictions, confidence
OUTCOME = "outcome"  # target: a prediction; body: answers, round2, checkpoint
BRING = "bring"  # body: items, cause; due on this study day only
SUSPEND = "suspend"
RESUME = "resume"
RESET = "reset"  # the whole course
NOTE = "note"  # item: a card or drop; body: text, where; moves no schedule

SCHEDULER = "sm2-dc"  # Delphi order, rounding up: see domain/sm2.py


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before the log stamps it with its id, time and device.

    quality: 0–5, or None where nothing is graded (a `recall` before its grade).
    practice: asked outside the schedule (`review --drop N`); moves no state.
    """

    kind: str
    course: str
    item: str = ""
    target: str | None = None
    quality: int | None = None
    practice: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for ever.

    id: 128 bits in hex. device: the installation it happened on. logical: ms, never
    goes back on one device. wall_ms: the clock as it stood, ms since 1970 in UTC.
    offset_min: minutes the wall clock was ahead of UTC. day: the study day, frozen.
    """

    id: str
    device: str
    logical: int
    wall_ms: int
    offset_min: int
    day: int
    kind: str
    course: str
    item: str = ""
    target: str | None = None
    quality: int | None = None
    practice: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, str]:
        """The one order in which every device folds: logical time, then id."""
        return (self.logical, self.id)
