"""What the loop and a shell say to each other.

step            what the shell shows                      replies it may send
Read            a drop                                    Done
Ask             a question                                Respond
Told            the verdict, already on disk              Done, Grade
End             what was done and what waits              Done, More
every step                                                Undo, Suspend, Note, Leave
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from drillbox.domain.answer import Verdict
from drillbox.domain.course import Drop, Item
from drillbox.domain.plan import Cause, Plan
from drillbox.domain.schedule import Role
from drillbox.domain.statistics import Share
from drillbox.domain.variant import Variant


@dataclass(frozen=True)
class Read:
    """Show a drop's reading. notes: what to say first."""

    drop: Drop
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Show a question. changed: its answer is another since it was learned. sure: ask
    how sure the learner is too, and answer with it as `confidence`, 0.5 to 1."""

    item: Item
    variant: Variant
    cause: Cause
    position: int
    total: int
    notes: tuple[str, ...] = ()
    sure: bool = False

    @property
    def changed(self) -> bool:
        """True if the author changed the answer since it was learned."""
        return self.cause == "changed"


@dataclass(frozen=True)
class Told:
    """Show the verdict. It is on disk.

    quality: as it stands now; None for a `recall` that is not graded yet.
    due: study day the item comes back; None if nothing is scheduled yet.
    today: the study day. leech: forgotten so often that suspending is better. hard: an
    answer still to be graded took a hint or very long, so right is 3.
    """

    ask: Ask
    response: Mapping[str, Any]
    verdict: Verdict
    quality: int | None
    role: Role
    due: int | None
    today: int
    again: bool
    leech: bool
    event: str
    notes: tuple[str, ...] = ()
    hard: bool = False


@dataclass(frozen=True)
class Sums:
    """What a session came to.

    new: the drop of each item that was met for the first time. kept: reviews of items
    that were due. tomorrow: how many are due then, what is left of today too; seconds:
    what they take. later: the first study day after that with any, and how many.
    """

    new: tuple[int, ...] = ()
    kept: Share = field(default_factory=Share)
    tomorrow: int = 0
    seconds: float = 0.0
    later: tuple[int, int] | None = None


@dataclass(frozen=True)
class End:
    """Show the end. answered, right: in this session. seconds: active ones."""

    plan: Plan
    answered: int
    right: int
    seconds: float
    waiting: int
    more: int
    notes: tuple[str, ...] = ()
    sums: Sums = Sums()


Step = Read | Ask | Told | End


@dataclass(frozen=True)
class Respond:
    """An answer. duration_ms: None where it is not known. hint: one was shown.

    timed: may the duration propose a quality? Not where lines are read aloud.
    """

    response: Mapping[str, Any]
    duration_ms: int | None = None
    hint: bool = False
    timed: bool = True


@dataclass(frozen=True)
class Grade:
    """Another quality, 0 to 5, for the answer told now or last."""

    quality: int


@dataclass(frozen=True)
class Done:
    """Go on. duration_ms: how long this step was looked at."""

    duration_ms: int = 0


@dataclass(frozen=True)
class Undo:
    """Take back the newest answer not yet undone."""


@dataclass(frozen=True)
class Suspend:
    """Do not ask this card again until it is resumed."""


@dataclass(frozen=True)
class Note:
    """A note on this card for its author."""

    text: str


@dataclass(frozen=True)
class More:
    """Go on beyond the minutes."""


@dataclass(frozen=True)
class Leave:
    """End here; everything answered is kept."""


Reply = Respond | Grade | Done | Undo | Suspend | Note | More | Leave
Loop = Generator[Step, Reply, None]
