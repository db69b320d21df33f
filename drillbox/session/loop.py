"""The loop: ask, answer, mark, record, next. A generator without screen or clock.

A shell (screen/, plain/) sends a reply for every step it is given; steps.py has the
table. The session is the only caller of the history's writes for answers. An answer is
durable before its `Told` is yielded.
"""

from collections.abc import Generator
from dataclasses import dataclass, field, replace

from drillbox.domain import confidence, event, plan, quality
from drillbox.domain.answer import Verdict, mark
from drillbox.domain.course import Course, Item
from drillbox.domain.event import Draft, Event
from drillbox.domain.plan import Asking, Cause, Entry, Plan, Reading
from drillbox.domain.schedule import ItemState
from drillbox.domain.variant import draw, seed_of
from drillbox.errors import AnswerError
from drillbox.history.log import Log, Recorded
from drillbox.session import telling, words
from drillbox.session.closing import Firsts
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
from drillbox.session.today import progress, today
from drillbox.session.undo import take_back
from drillbox.session.waiting import Waiting
from drillbox.words import _

WALK_AWAY_MS = 300_000  # longer than this, the learner was elsewhere


def session(course: Course, log: Log, the_plan: Plan) -> Loop:
    """One sitting over `the_plan`. See the table above for steps and replies."""
    return _Session(course, log, the_plan).run()


@dataclass
class _Session:
    course: Course
    log: Log
    plan: Plan
    waiting: Waiting = field(default_factory=Waiting)
    mine: list[str] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    given: int = 0  # answers to the kinds that ask how sure
    notes: list[str] = field(default_factory=list)
    grades: dict[str, int | None] = field(default_factory=dict)
    causes: dict[str, Cause] = field(default_factory=dict)
    firsts: Firsts = field(default_factory=Firsts)
    last: Told | None = None
    noticed: int = 0
    active_ms: int = 0
    limit_ms: int = 0
    shown: int = 0

    def run(self) -> Loop:
        self.waiting.queue.extend(self.plan.entries)
        self.waiting.spare.extend(self.plan.spare)
        self.limit_ms = self.plan.minutes * 60_000
        self.progress = progress(self.course, self.log)
        self.remember()
        goes_on = True
        while goes_on:
            entry = self.next_entry()
            if entry is None:
                goes_on = yield from self.end()
            elif isinstance(entry, Reading):
                goes_on = yield from self.read(entry)
            else:
                goes_on = yield from self.ask(entry)

    # -- what comes next

    def remember(self) -> None:
        """How many answers each item has, to notice one given elsewhere."""
        answers = self.log.answers(self.course.id)
        for name, item in self.course.items.items():
            self.know(item, answers.get(name, 0))

    def know(self, item: Item, answers: int) -> None:
        """So many answers now; `given` is kept: summing 10,000 took 10 ms a card."""
        if item.card.kind in confidence.KINDS:
            self.given += answers - self.known.get(item.id, 0)
        self.known[item.id] = answers

    def next_entry(self) -> Entry | None:
        while entry := self.pop():
            if isinstance(entry, Reading) or self.still_open(entry):
                return entry
        return None

    def pop(self) -> Entry | None:
        first = self.waiting.first()
        if first is None:
            return None
        if self.over(first):
            self.waiting.stop()
            return None
        return self.waiting.pop()

    def over(self, entry: Entry) -> bool:
        """The session ends at its time: half of the next item would be over it."""
        if not self.limit_ms or not self.shown:
            return False
        if isinstance(entry, Reading):
            seconds = plan.reading_seconds(entry.drop)
        else:
            seconds = self.progress.seconds(entry.item)
        return self.active_ms + seconds * 500 > self.limit_ms

    def still_open(self, entry: Asking) -> bool:
        state = self.state(entry.item)
        if state.suspended and entry.cause != "practice":
            return False
        if state.answers == self.known[entry.item.id]:
            return True
        card = words.card(self.course.id, entry.item, self.known[entry.item.id])
        self.know(entry.item, state.answers)
        elsewhere = _("{card} was answered elsewhere; it leaves the plan")
        self.notes.append(elsewhere.format(card=card))
        return False

    def state(self, item: Item) -> ItemState:
        return self.log.state(self.course.id, item.id)

    def said(self) -> tuple[str, ...]:
        """What there is to say, the log's notices too; each is said once."""
        news = self.log.notices[self.noticed :]
        self.noticed += len(news)
        notes = (*news, *self.notes)
        self.notes.clear()
        return notes

    # -- a drop

    def read(self, entry: Reading) -> Generator[Step, Reply, bool]:
        while True:
            reply = yield Read(entry.drop, self.said())
            if isinstance(reply, Done):
                self.active_ms += min(reply.duration_ms, WALK_AWAY_MS)
                body = {"duration_ms": reply.duration_ms or None}
                self.append(Draft(event.READ, self.course.id, entry.drop.id, body=body))
                self.shown += 1
                return True
            if isinstance(reply, Leave):
                return False
            if isinstance(reply, Undo) and self.undo(entry):
                return True
            if isinstance(reply, Grade):
                self.regrade_last(reply)
            elif isinstance(reply, Suspend):
                self.notes.append(_("a drop cannot be suspended, only its cards"))
            elif isinstance(reply, Note):
                self.note(entry.drop.id, f"{entry.drop.file}:{entry.drop.line}", reply)

    # -- a card

    def ask(self, entry: Asking) -> Generator[Step, Reply, bool]:
        step = self.question(entry)
        while True:
            reply = yield replace(step, notes=self.said())
            if isinstance(reply, Respond):
                verdict = self.marked(step, reply)
                if verdict is not None:
                    told = self.record(step, reply, verdict)
                    return (yield from self.tell(entry, told))
            if isinstance(reply, Leave):
                return False
            if isinstance(reply, Undo) and self.undo(entry):
                return True
            if isinstance(reply, Grade):
                self.regrade_last(reply)
                if self.is_done(entry):
                    return True
            elif isinstance(reply, Suspend):
                self.suspend(step)
                return True
            elif isinstance(reply, Note):
                self.note_on(entry.item, reply)

    def is_done(self, entry: Asking) -> bool:
        """Is this the repetition of an answer that was just graded well after all?"""
        if self.last is None or entry.cause != "again":
            return False
        return self.last.ask.item.id == entry.item.id and not self.last.again

    def marked(self, step: Ask, reply: Respond) -> Verdict | None:
        """The verdict, or None for what is no answer: said, and asked again."""
        try:
            return mark(step.variant, reply.response)
        except AnswerError as error:
            self.notes.append(str(error))
            return None

    def question(self, entry: Asking) -> Ask:
        item = entry.item
        self.causes.setdefault(item.id, entry.cause)
        seed = seed_of(self.course.id, item.id, self.state(item).answers)
        place = self.shown + 1
        total = place + len(self.waiting)
        sure = confidence.asks(self.given, item.card.kind)
        return Ask(item, draw(item, seed), entry.cause, place, total, sure=sure)

    def record(self, step: Ask, reply: Respond, verdict: Verdict) -> Told:
        item = step.item
        timed = reply.duration_ms if reply.timed else None
        kind, median = item.card.kind, self.median(item)
        proposal = quality.propose(verdict.quality, kind, reply.hint, timed, median)
        if_right = quality.propose(4, kind, reply.hint, timed, median)
        draft = telling.answer(self.course.id, step, reply, verdict, proposal)
        recorded = self.append(draft)
        self.know(item, recorded.after.answers)
        self.active_ms += min(reply.duration_ms or 0, WALK_AWAY_MS)
        self.shown += 1
        self.grades[recorded.event.id] = proposal
        self.firsts.add(step, recorded)
        told = telling.told(step, reply, verdict, recorded, self.log.today())
        return replace(told, hard=proposal is None and if_right == 3)

    def median(self, item: Item) -> float | None:
        by_item, by_kind = self.log.seconds(self.course.id)
        return by_item.get(item.id) or by_kind.get(item.card.kind)

    def tell(self, entry: Asking, told: Told) -> Generator[Step, Reply, bool]:
        while True:
            reply = yield replace(told, notes=self.said())
            if isinstance(reply, Grade):
                told = self.regrade(told, reply.quality)
            elif isinstance(reply, Undo):
                if self.undo():
                    return True
            elif isinstance(reply, Suspend):
                self.suspend(told.ask)
                return True
            elif isinstance(reply, Note):
                self.note_on(entry.item, reply)
            elif isinstance(reply, Leave | Done):
                self.last = told
                if told.again:
                    self.waiting.again.append(Asking(entry.item, "again"))
                if isinstance(reply, Done):
                    self.active_ms += min(reply.duration_ms, WALK_AWAY_MS)
                return not isinstance(reply, Leave)

    def regrade(self, told: Told, new: int) -> Told:
        item = told.ask.item
        draft = Draft(
            event.GRADE, self.course.id, item.id, target=told.event, quality=new
        )
        recorded = self.append(draft)
        self.grades[told.event] = new
        return telling.regraded(told, new, recorded)

    def regrade_last(self, reply: Grade) -> None:
        """Grade the answer told before this step."""
        if self.last is None:
            self.notes.append(_("nothing to grade yet"))
            return
        was, told = self.last, self.regrade(self.last, reply.quality)
        self.last = told
        item = told.ask.item
        if was.again and not told.again:
            self.waiting.forget(item.id)
        elif told.again and not was.again:
            self.waiting.again.append(Asking(item, "again"))
        card = words.quoted(told.ask.variant.prompt)
        graded = _("{card} now has quality {quality}")
        self.notes.append(graded.format(card=card, quality=reply.quality))

    # -- taking back, setting aside, noting

    def append(self, draft: Draft) -> Recorded:
        recorded = self.log.append(draft)
        if draft.kind in (event.ANSWER, event.READ, event.SUSPEND, event.NOTE):
            self.mine.append(recorded.event.id)
        return recorded

    def undo(self, entry: Entry | None = None) -> bool:
        """Undo the newest answer and ask it again, with the same numbers; then `entry`.

        False if what is shown stays: nothing was undone, or only a note.
        """
        newest, said = take_back(self.course, self.log, self.mine)
        self.notes.append(said)
        if newest is None or newest.kind == event.NOTE:
            return False
        if entry:
            self.waiting.put_back(entry)
        self.grades.pop(newest.id, None)
        self.firsts.forget(newest.id)
        if self.last is not None and self.last.event == newest.id:
            self.last = None
        self.shown = max(0, self.shown - 1)
        if newest.course == self.course.id:
            self.come_back(newest.item, newest)
        return True

    def come_back(self, name: str, undone: Event) -> None:
        drop = next((d for d in self.course.drops if d.id == name), None)
        if drop is not None:
            self.waiting.put_back(Reading(drop))
        elif name in self.course.items:
            item = self.course.items[name]
            self.waiting.forget(name)
            self.know(item, self.state(item).answers)
            if undone.kind == event.SUSPEND and self.settled(item):
                return
            ours = self.causes.get(name, "due")
            cause: Cause = "practice" if undone.practice else ours
            self.waiting.put_back(Asking(item, cause))

    def settled(self, item: Item) -> bool:
        """Was it answered well enough today?"""
        state = self.state(item)
        given = state.last_answer_quality or 0
        return state.last_answer == self.log.today() and given >= plan.PASSED

    def suspend(self, ask: Ask) -> None:
        item, card = ask.item, words.quoted(ask.variant.prompt)
        done = self.append(Draft(event.SUSPEND, self.course.id, item.id))
        self.waiting.forget(item.id)
        said = _(
            "{card} is suspended; `u` takes it back, on another day "
            "`drillbox log undo {id}`"
        )
        self.notes.append(said.format(card=card, id=done.event.id[:12]))

    def note_on(self, item: Item, reply: Note) -> None:
        self.note(item.id, f"{item.file}:{item.line}", reply)

    def note(self, item: str, where: str, reply: Note) -> None:
        if not reply.text.strip():
            self.notes.append(_("an empty note is not kept"))
            return
        body = {"text": reply.text, "where": where}
        self.append(Draft(event.NOTE, self.course.id, item, body=body))
        noted = _("noted on {where}; `drillbox notes` lists it")
        self.notes.append(noted.format(where=where))

    # -- the end

    def end(self) -> Generator[Step, Reply, bool]:
        """True if the session goes on."""
        reply = yield self.summary()
        if isinstance(reply, Undo):
            self.undo()
            return True
        if isinstance(reply, Grade):
            self.regrade_last(reply)
        elif isinstance(reply, Note | Suspend):
            self.on_the_last_card(reply)
        elif isinstance(reply, More) and self.waiting.spare:
            self.waiting.go_on()
            self.limit_ms = self.active_ms + max(self.plan.minutes, 1) * 60_000
        else:
            return False
        return True

    def on_the_last_card(self, reply: Note | Suspend) -> None:
        if self.last is None:
            self.notes.append(_("there is no card here"))
        elif isinstance(reply, Note):
            self.note_on(self.last.ask.item, reply)
        else:
            self.suspend(self.last.ask)

    def summary(self) -> End:
        asked = (e for e in self.waiting.spare if isinstance(e, Asking))
        waiting = sum(e.cause not in ("new", "deepening") for e in asked)
        passed = sum((q or 0) >= 3 for q in self.grades.values())
        return End(
            self.plan_now(),
            len(self.grades),
            passed,
            self.active_ms / 1000,
            waiting,
            len(self.waiting.spare),
            self.said(),
            self.firsts.sums(self.course, self.log, self.grades, self.progress),
        )

    def plan_now(self) -> Plan:
        """The plan with the exercise that waits by now: a drop brings its own."""
        waits = today(self.course, self.log).exercise
        return replace(self.plan, exercise=waits)
