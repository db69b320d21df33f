"""What counts as an attempt at an exercise, and the quality it earns (DESIGN, §5).

Passed at the first check without a hint 5; passed 4; passed after a hint or after three
failed checks 3; gave up (looked at the solution) 0. An attempt left open is no review.
A save that does not parse, or that equals the starter or the last check, is no check,
nor is a file that was written before the exercise came back.
"""

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from drillbox.domain import event as kinds
from drillbox.domain.event import Draft, Event
from drillbox.words import _

What = Literal["check", "hint", "give-up", "pass"]
Status = Literal["new", "open", "passed", "gave up"]

MANY_FAILED = 3
_ENDS: Mapping[str, Status] = {"pass": "passed", "give-up": "gave up"}


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with an exercise.

    tries: checks and hints since the last pass or give-up. digest: of the source that
    was checked last. status: of the newest pass or give-up, `open` with tries after it.
    """

    tries: tuple[str, ...] = ()
    digest: str | None = None
    ended: Status = "new"

    @property
    def status(self) -> Status:
        """In one word."""
        return "open" if self.tries else self.ended

    @property
    def hints(self) -> int:
        """How many hints were shown since the last pass or give-up."""
        return self.tries.count("hint")


def standing(
    events: Iterable[Event], course: str, exercise: str, since: int | None = None
) -> Standing:
    """The standing that these events, in the order of the fold, lead to.

    since: the study day on which the exercise came back. What was tried between its
    last pass and that day is over, and so is the code of that pass: whoever writes it
    again has solved it again.
    """
    known = [one for one in events if one.course == course]
    undone = {one.target for one in known if one.kind == kinds.UNDO}
    now = Standing()
    for one in known:
        if one.id in undone:
            continue
        if one.kind == kinds.RESET:
            now = Standing()
        elif one.kind == kinds.ATTEMPT and one.item == exercise:
            now = _after(now, one, since)
    return now


def _after(now: Standing, one: Event, since: int | None) -> Standing:
    what = str(one.body.get("what"))
    if since is not None and one.day < since:
        return Standing(ended=_ENDS.get(what, now.ended))
    answer = one.body.get("answer")
    seen = answer.get("digest") if isinstance(answer, Mapping) else None
    digest = seen or now.digest
    if what in _ENDS:
        return Standing((), digest, _ENDS[what])
    return replace(now, tries=(*now.tries, what), digest=digest)


def digest(source: str) -> str:
    """32 hex digits of a source; blanks at the ends of its lines do not count."""
    lines = "\n".join(line.rstrip() for line in source.rstrip().splitlines())
    return hashlib.blake2b(lines.encode("utf-8", "replace"), digest_size=16).hexdigest()


def no_check(source: str, starter: str, now: Standing, old: bool = False) -> str:
    """Why checking this source is no attempt, in a few words; empty if it is one.

    old: the file was written before the exercise came back.
    """
    if digest(source) == digest(starter):
        return _("the file is the starter")
    if digest(source) == now.digest:
        return _("the same as at the last check")
    if old:
        return _("the file is of an earlier day, and the exercise begins anew")
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _("it does not parse")
    return ""


def quality(tries: Iterable[str]) -> int:
    """The quality of a pass after these checks and hints."""
    before = list(tries)
    if "hint" in before or before.count("check") >= MANY_FAILED:
        return 3
    return 4 if before else 5


@dataclass(frozen=True)
class About:
    """The exercise that an attempt is about."""

    course: str
    exercise: str
    fingerprint: str
    starter: str

    def checked(
        self,
        source: str,
        passed: bool,
        now: Standing,
        verdict: Mapping[str, Any],
        old: bool = False,
    ) -> Draft | None:
        """The attempt that a check was, or None if it was none. verdict: for the log;
        its `duration_ms` is how long the grading took. old: see `no_check`."""
        if no_check(source, self.starter, now, old):
            return None
        what: What = "pass" if passed else "check"
        grade = quality(now.tries) if passed else None
        answer = {"digest": digest(source)}
        return self._draft(what, grade, {"answer": answer, **verdict})

    def hint(self, number: int) -> Draft:
        """Hint `number`, from 1, was shown."""
        return self._draft("hint", None, {"answer": {"hint": number}})

    def gave_up(self) -> Draft:
        """The solution was shown."""
        return self._draft("give-up", 0, {"answer": {}})

    def _draft(self, what: What, grade: int | None, more: Mapping[str, Any]) -> Draft:
        body = {
            "what": what,
            "fingerprint": self.fingerprint,
            "seed": 0,
            "verdict": None,
            "duration_ms": None,
            "scheduler": kinds.SCHEDULER,
            **more,
        }
        return Draft(kinds.ATTEMPT, self.course, self.exercise, None, grade, body=body)
