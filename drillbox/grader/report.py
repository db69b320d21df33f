"""What a grading found, for a person, for a program, and for a screen."""

from dataclasses import asdict, dataclass
from typing import Any

from drillbox.grader.sandbox.ladder import Sandbox


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

    def __str__(self) -> str:
        return "\n".join(self.text())

    __repr__ = __str__  # a notebook shows the value of its last line

    def said(self) -> list[str]:
        """What is known of the mistake, for a person."""
        found = self.diagnosis
        if found is None:
            return list(self.facts)
        lines = [f"Your results are consistent with this: {found.message}"]
        lines += [one for one in (found.witness, found.idea) if one]
        return lines + (
            [f"Cards on it: {', '.join(found.cards)}."] if found.cards else []
        )

    def text(self) -> list[str]:
        """Lines for a person; the words say it, not a colour."""
        right = sum(case.passed for case in self.cases)
        verdict = "passed" if self.passed else "not yet"
        shown = [
            f"{self.exercise}: {verdict}, {right} of {len(self.cases)} cases right"
        ]
        width = max((len(case.name) for case in self.cases), default=0)
        for case in self.cases:
            mark = "✓ right" if case.passed else "✗ wrong"
            text = f"  {mark}  {case.name:{width}}  {case.message}"
            shown.append(text.rstrip())
        shown += ["", *said] if (said := self.said()) else []
        if self.printed:
            shown += ["", "Your code printed:"]
            shown += [f"  │ {one}" for one in self.printed]
        shown += [f"Note: {note}" for note in self.notes]
        return shown
