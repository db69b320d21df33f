"""What can go wrong, said in one sentence with the way out.

DrillboxError         anything a person can mend; shown without a traceback
  ContentError        a course, card or exercise file that cannot be used
  HistoryError        the learner's record cannot be read or written
  GraderError         code could not be graded (exit 2), which is no verdict on it
  AnswerError         what is no answer to a question; it is asked again
"""

from dataclasses import dataclass


class DrillboxError(Exception):
    """One sentence: what was found and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a content file. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    field: str
    what: str
    instead: str = ""

    def __str__(self) -> str:
        advice = f"; {self.instead}" if self.instead else ""
        return (
            f"{self.file}:{self.line}:{self.column}: {self.field}: {self.what}{advice}"
        )


class ContentError(DrillboxError):
    """A course cannot be used; `problems` has every reason, not only the first."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class HistoryError(DrillboxError):
    """The record of answers cannot be read or written."""


class GraderError(DrillboxError):
    """The code could not be graded; this says nothing about whether it is right."""


class AnswerError(DrillboxError):
    """What was typed is no answer to this question; nothing is recorded."""
