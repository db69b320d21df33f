"""What a grading found, for a person, for a program, and for a screen."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from drillbox.grader.sandbox.ladder import Sandbox
from drillbox.words import N_, _, ngettext

if TYPE_CHECKING:
    from rich.console import RenderableType

NOT_RUN = "not run"  # the message of a case after one that ended everything
SIGNS = {True: N_("✓ right"), False: N_("✗ wrong")}  # shown through `_`


@dataclass(frozen=True)
class Case:
    """One case. message: why it failed; empty if it passed."""

    name: str
    passed: bool
    message: str = ""


@dataclass(frozen=True)
class Diagnosis:
    """The wrong solution that all results are consistent with.

    message: one sentence. idea: where the mistake comes from. misconception: its id,
    cards: what the course asks about it. witness: one line that shows the mistake.
    """

    id: str
    message: str
    cards: tuple[str, ...]
    idea: str = ""
    misconception: str = ""
    witness: str = ""


@dataclass(frozen=True, repr=False)
class Report:
    """The verdict on one submission.

    device: where it ran. sandbox: what stood around it; None when it was graded live,
    in the caller's own process. seconds: wall clock. facts: what can be said where no
    known wrong solution fits. printed: lines that the code printed, safe to show.
    notes: what could not be done as asked.
    """

    exercise: str
    file: str
    passed: bool
    device: str
    sandbox: Sandbox | None
    seconds: float
    cases: tuple[Case, ...]
    diagnosis: Diagnosis | None = None
    facts: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """The fields that `drillbox check --json` prints."""
        sandbox = self.sandbox
        return {
            "exercise": self.exercise,
            "file": self.file,
            "passed": self.passed,
            "device": self.device,
            "sandbox": sandbox.level if sandbox else "none",
            "reference_readable": sandbox.reference_readable if sandbox else True,
            "seconds": round(self.seconds, 4),
            "cases": [asdict(case) for case in self.cases],
            "diagnosis": asdict(self.diagnosis) if self.diagnosis else None,
            "facts": list(self.facts),
        }

    @property
    def ordered(self) -> tuple[Case, ...]:
        """The cases that were run, those that failed first."""
        return first_failing(self.cases)

    @property
    def stopped(self) -> str:
        """Why no case could be run: the file does not parse, say. Else empty."""
        first, *others = self.cases or (Case("", True),)
        alone = bool(others) and all(case.message == NOT_RUN for case in others)
        return first.message if alone else ""

    @property
    def verdict(self) -> str:
        """The verdict in one line, without the name of the exercise."""
        if self.stopped:
            return _("not yet: {why}").format(why=self.stopped)
        right, n = sum(case.passed for case in self.cases), len(self.cases)
        passed = ngettext(
            "passed, {right} of {n} cases right",
            "passed, {right} of {n} cases right",
            n,
        )
        not_yet = ngettext(
            "not yet, {right} of {n} cases right",
            "not yet, {right} of {n} cases right",
            n,
        )
        return (passed if self.passed else not_yet).format(right=right, n=n)

    @property
    def left(self) -> str:
        """How many cases were not run, in words; empty if all were."""
        n = len(self.cases) - len(self.ordered)
        more = ngettext(
            "{n} more case was not run", "{n} more cases were not run", n
        ).format(n=n)
        return more if n and not self.stopped else ""

    def said(self) -> list[str]:
        """What is known of the mistake, for a person."""
        found = self.diagnosis
        if found is None:
            return list(self.facts)
        said = _("Your results are consistent with this: {mistake}")
        lines = [said.format(mistake=found.message)]
        return lines + [one for one in (found.witness, found.idea) if one]

    def text(self) -> list[str]:
        """Lines for a person; the words say it, not a colour."""
        shown = [f"{self.exercise}: {self.verdict}"]
        shown += lines_of(() if self.stopped else self.ordered)
        shown += [f"  · {self.left}"] if self.left else []
        shown += ["", *said] if (said := self.said()) else []
        if self.printed:
            shown += ["", _("Your code printed:")]
            shown += [f"  │ {one}" for one in self.printed]
        shown += [_("Note: {note}").format(note=note) for note in self.notes]
        return shown

    # -- shown by itself: a prompt and a notebook show the value of the last line

    def __str__(self) -> str:
        return "\n".join(self.text())

    def __repr__(self) -> str:
        """In a terminal a table; elsewhere the same as `str`."""
        if not _in_terminal():
            return str(self)
        from drillbox.grader.table import terminal

        return terminal(self)

    def __rich__(self) -> "RenderableType":
        """For `rich.print`."""
        from drillbox.grader.table import rich_table

        return rich_table(self)

    def _repr_html_(self) -> str:
        """For Jupyter."""
        from drillbox.grader.table import html

        return html(self)


def lines_of(cases: Sequence[Case]) -> list[str]:
    """A line for each case."""
    width = max((len(case.name) for case in cases), default=0)
    return [
        f"  {_(SIGNS[case.passed])}  {case.name:{width}}  {case.message}".rstrip()
        for case in cases
    ]


def first_failing(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Those that were run, the ones that failed first."""
    run = [case for case in cases if case.message != NOT_RUN]
    return tuple(sorted(run, key=lambda case: case.passed))


def _in_terminal() -> bool:
    """Does what is shown go to a terminal that can show a table?"""
    try:
        return sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
    except (AttributeError, ValueError):  # no standard output, or a closed one
        return False
