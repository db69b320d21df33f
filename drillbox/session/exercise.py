"""Working at an exercise: what is recorded, by the screen and by `check` alike.

A check, a hint and giving up become events; a failed check that is understood also
brings the cards on its misconception, for this study day.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from drillbox import places
from drillbox.domain import attempts, event
from drillbox.domain.course import Course, Drop
from drillbox.domain.event import Draft, Event
from drillbox.domain.schedule import NEW, ItemState
from drillbox.grader import workfile
from drillbox.grader.exercise import Exercise
from drillbox.grader.report import Report
from drillbox.history.log import Log, Recorded
from drillbox.session import bring, undo, words
from drillbox.words import _


@dataclass(frozen=True)
class Checked:
    """What a check was. recorded: None where it was no attempt; why_not then says why
    in a few words. said: sentences for the learner."""

    recorded: Recorded | None
    why_not: str = ""
    said: tuple[str, ...] = ()


class Reset(NamedTuple):
    """The file was begun anew. former: the old one, where it is now. newest: what `u`
    would have taken back before it."""

    former: str
    newest: Event | None


class TakenBack(NamedTuple):
    """What `u` did. file: it brought the former file back, and moved no schedule."""

    said: str
    file: bool = False


@dataclass
class Work:
    """A learner at one exercise of a course."""

    course: Course
    log: Log
    exercise: Exercise
    past: list[Event] = field(default_factory=list)
    resets: list[Reset] = field(default_factory=list)  # those that `u` takes back

    def __post_init__(self) -> None:
        name, mark = self.exercise.id, self.exercise.fingerprint
        self.about = attempts.About(self.course.id, name, mark, self.exercise.starter)
        self.reread()

    def reread(self) -> None:
        """Read anew what was done with it."""
        self.past = [
            one
            for one in self.log.events(self.course.id)
            if one.item == self.exercise.id or one.kind in (event.UNDO, event.RESET)
        ]

    # -- where the learner stands

    @property
    def state(self) -> ItemState:
        """Its schedule."""
        return self.log.state(self.course.id, self.exercise.id)

    @property
    def came_back(self) -> int | None:
        """The study day on which it came back, if it waits again."""
        due = self.state.due
        return due if due is not None and due <= self.log.today() else None

    @property
    def standing(self) -> attempts.Standing:
        """What was tried in this round."""
        course, name = self.course.id, self.exercise.id
        return attempts.standing(self.past, course, name, self.came_back)

    @property
    def free(self) -> bool:
        """Does looking cost nothing: it is solved or given up, and not back yet?"""
        return self.standing.status in ("passed", "gave up") and self.came_back is None

    def is_old(self, path: str) -> bool:
        """Is this file of an earlier round?"""
        back, saved = self.came_back, workfile.saved_on(path)
        return back is not None and saved is not None and saved < back

    # -- the file

    def open_file(self) -> tuple[str, str | None]:
        """The learner's file, and where an older one is now; blank for a new round.

        GraderError if it cannot be made.
        """
        name, starter = self.exercise.id, self.exercise.starter
        old = self.is_old(workfile.path_of(name))
        aside = workfile.set_aside(name) if old else None
        return workfile.make(name, starter), aside

    def reset(self) -> str:
        """Begin the file anew; a sentence. GraderError if it cannot be made,
        HistoryError."""
        newest = self.newest()
        former = workfile.blank(self.exercise.id, self.exercise.starter)
        if former is None:
            return _("Your file is blank again.")
        self.resets.append(Reset(former, newest))
        said = _("Your file is blank again; the old one is {path}.")
        return said.format(path=places.short(former))

    # -- what is recorded

    def append(self, *drafts: Draft) -> Recorded:
        """Write events, all or none; what the first one was. HistoryError."""
        recorded = self.log.append_all(drafts)
        self.past += [one.event for one in recorded]
        return recorded[0]

    def hint(self, number: int) -> Recorded:
        """Hint `number`, from 1, was shown."""
        return self.append(self.about.hint(number))

    def give_up(self) -> Recorded:
        """The solution was shown."""
        return self.append(self.about.gave_up())

    def checked(self, path: str, source: str, report: Report) -> Checked:
        """Record what a check of the file at `path` was, and bring cards if it says
        which mistake it is. HistoryError."""
        old, now = self.is_old(path), self.standing
        why_not = attempts.no_check(source, self.about.starter, now, old)
        verdict = {
            "kind": "exercise",
            "verdict": "right" if report.passed else "wrong",
            "duration_ms": round(report.seconds * 1000),
            "diagnosis": report.diagnosis.id if report.diagnosis else None,
        }
        draft = self.about.checked(source, report.passed, now, verdict, old)
        found = report.diagnosis
        course, log = self.course, self.log
        on_it = bring.cards(course, log, found.cards if found else ())
        said = tuple(on_it.said(course.id, brought=draft is not None))
        if draft is None:
            return Checked(None, why_not, said)
        cause = found.id if found else ""
        return Checked(self.append(draft, *on_it.draft(course.id, cause)), "", said)

    # -- what is taken back

    def newest(self) -> Event | None:
        """What was done with it last today and can be taken back, but for resets."""
        return self.log.undoable((), (self.course.id, self.exercise.id))

    @property
    def undoable(self) -> bool:
        """Was something done with it that can be taken back?"""
        return bool(self.resets) or self.newest() is not None

    def take_back(self) -> TakenBack:
        """Undo the newest thing done with it: of today, or a reset of this sitting.

        GraderError where the former file cannot come back; HistoryError.
        """
        if self.resets and not self._since(self.resets[-1]):
            return TakenBack(self._bring_back(self.resets.pop().former), file=True)
        said = undo.take_back(self.course, self.log, item=self.exercise.id)[1]
        self.reread()
        return TakenBack(said)

    def _since(self, reset: Reset) -> bool:
        now, before = self.newest(), reset.newest
        return now is not None and (before is None or now.order > before.order)

    def _bring_back(self, former: str) -> str:
        name, starter = self.exercise.id, self.exercise.starter
        since = workfile.bring_back(name, former, starter)
        if since is None:
            return _("undone: the reset of {name}").format(name=name)
        said = _("undone: the reset of {name}; what you wrote after it is {path}")
        return said.format(name=name, path=places.short(since))

    # -- what is said of it, and what comes after it

    def earned(self, recorded: Recorded) -> str:
        """What a pass or giving up came to: the quality, and when it comes back."""
        quality, due = recorded.event.quality, recorded.after.due
        if quality is None or due is None:
            return ""
        back = words.back_on(due, self.log.today())
        said = _("quality {quality}, {word}; {back}")
        return said.format(quality=quality, word=_(words.QUALITY[quality]), back=back)

    def next(self) -> str | None:
        """The next exercise of the path that waits, from here to its end, then from its
        beginning; of drops that were read. None if no other one waits."""
        read = self.log.read_drops(self.course.id)
        states, today = self.log.schedule(self.course.id), self.log.today()
        path = [
            name
            for drop in self.course.drops
            for name in drop.exercises
            if drop.id in read or name == self.exercise.id
        ]
        here = path.index(self.exercise.id) + 1 if self.exercise.id in path else 0
        for name in path[here:] + path[:here]:
            state = states.get(name, NEW)
            back = state.due is None or state.due <= today
            if name != self.exercise.id and back and not state.suspended:
                return name
        return None


def cards_on(course: Course, misconception: str) -> tuple[str, ...]:
    """The ids of the course's cards on a misconception."""
    found = (one for one in course.misconceptions if one.id == misconception)
    return next((one.cards for one in found), ())


def unsolved(drop: Drop, course: Course, log: Log) -> str:
    """The first exercise of a drop that waits to be solved; the first if none does.

    The drop has one, at least.
    """
    today = log.today()
    back = {name: log.state(course.id, name).due for name in drop.exercises}
    waits = (name for name, due in back.items() if due is None or due <= today)
    return next(waits, drop.exercises[0])
