"""The plain shell: reads a line, answers the session, prints the next step."""

import re
import sys
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, TextIO

from drillbox.domain.answer import mark, page
from drillbox.domain.card import FormulaCard
from drillbox.domain.course import Course
from drillbox.domain.glossary import asked, used
from drillbox.domain.plan import Plan
from drillbox.domain.variant import fill
from drillbox.errors import AnswerError, GraderError
from drillbox.history.log import Log
from drillbox.plain import say
from drillbox.plain.read import LETTER_KINDS, confidence, page_of, response
from drillbox.plain.talk import InputEnded, Talk
from drillbox.session import (
    Ask,
    Done,
    End,
    Grade,
    Leave,
    More,
    Note,
    Read,
    Reply,
    Respond,
    Step,
    Suspend,
    Told,
    Undo,
    figures,
    session,
    today,
    words,
)
from drillbox.session.statistics import statistics
from drillbox.words import _

FASTEST_S = 0.3  # what comes faster was piped, and is no measure of a person
_COMMAND = re.compile(r":[a-z]\w*")


def run(
    course: Course,
    log: Log,
    plan: Plan,
    source: TextIO = sys.stdin,
    out: TextIO = sys.stdout,
    watch: Callable[[], float] = monotonic,
    voice: say.Voice = say.text,
) -> None:
    """One sitting over lines of text. Ends politely when the input ends.

    watch: a stopwatch, in seconds. voice: how a text is printed; `say.spoken` has its
    formulas in words.
    """
    shell = _Shell(course, log, Talk(source, out, voice), watch)
    shell.print(say.plan(plan))
    loop = session(course, log, plan)
    try:
        step = next(loop)
        while True:
            step = loop.send(shell.reply(step))
    except StopIteration:
        shell.print([_("Bye.")])
    except InputEnded:
        shell.print(["", _("The input ended; everything answered is kept.")])
    finally:
        loop.close()


class _Shell:
    """shown: the question or drop on the page, so that a note or a grade given there
    does not print it again. since: when it was printed. hinted: a hint was shown."""

    def __init__(
        self, course: Course, log: Log, talk: Talk, watch: Callable[[], float]
    ) -> None:
        self.course = course
        self.log = log
        self.talk = talk
        self.print, self.line, self.voice = talk.print, talk.line, talk.voice
        self.watch = watch
        self.drop = 0
        self.where = ""
        self.shown: object = None
        self.since = 0.0
        self.hinted = False
        self.told_last = ""
        self.text = ""  # of the drop or verdict on the page
        self.read_today = 0  # the drop that was read in this sitting

    def reply(self, step: Step) -> Reply:
        self.print([f"({note})" for note in step.notes])
        if isinstance(step, Read):
            return self.read(step)
        if isinstance(step, Ask):
            return self.asked(step)
        self.shown = None
        return self.told(step) if isinstance(step, Told) else self.end(step)

    def show(self, page: object, drop: int, where: str, lines: Iterable[str]) -> None:
        """Print a question or a drop, unless it is what was printed last.

        drop, where: what `r` and `!` are about from here on.
        """
        if page == self.shown:
            return
        self.shown, self.drop, self.where = page, drop, where
        self.hinted = False
        self.print(["", *lines])
        self.since = self.watch()

    def lived_ms(self) -> int | None:
        """How long it has been shown; None for less than a person needs."""
        seconds = self.watch() - self.since
        return int(seconds * 1000) if seconds >= FASTEST_S else None

    # -- the steps

    def read(self, step: Read) -> Reply:
        drop = step.drop
        self.text, self.read_today = drop.reading, drop.number
        page = ("drop", drop.id)
        lines = say.read(step, self.voice)
        self.show(page, drop.number, f"{drop.file}:{drop.line}", lines)
        while line := self.line().strip():
            if reply := self.obeyed(line):
                return reply
        return Done(self.lived_ms() or 0)

    def asked(self, step: Ask) -> Reply:
        item = step.item
        page = (item.id, step.variant.seed, step.cause)
        lines = say.ask(step, self.voice)
        self.show(page, item.drop, f"{item.file}:{item.line}", lines)
        colon = item.card.kind in LETTER_KINDS
        while True:
            line = self.line().strip()
            command = line if line.startswith(":") or not colon else ""
            if command.removeprefix(":") == "h":
                self.hint(step)
            elif command.removeprefix(":") == "r":
                self.reread()
            elif command.removeprefix(":") == "g":
                self.hinted = True  # like a hint, it may give the answer away
                self.glossary(asked(item.card, step.variant.prompt))
            elif reply := self.command(command) or self.response(step, line):
                return reply

    def response(self, step: Ask, line: str) -> Reply | None:
        """The answer that this line is; None, and a word about it, if it is none."""
        if not line:
            return None
        if _COMMAND.fullmatch(line):
            self.print([say.unknown(line)])
            return None
        try:
            card = page_of(step.variant)
            if card is not None and line != "?":
                return self.page(card, line)
            answer = {**response(step.variant, line)}
            if step.sure:
                mark(step.variant, answer)  # what is no answer is refused before
        except AnswerError as error:
            self.print([str(error)])
            return None
        since = self.lived_ms()
        if step.sure and not {"unknown", "confidence"} & answer.keys():
            reply = self.how_sure(answer)
            if reply is not None:
                return reply
        return Respond(answer, since, self.hinted, timed=False)

    def how_sure(self, answer: dict[str, Any]) -> Reply | None:
        """Add the confidence to an answer; a command in its place is obeyed."""
        self.print([_("How sure are you, from 50 (a guess) to 100 percent?")])
        while "confidence" not in answer:
            line = self.line().strip()
            if reply := self.command(line):
                return reply
            try:
                answer["confidence"] = confidence(line)
            except AnswerError as error:
                self.print([str(error)])
        return None

    def page(self, card: FormulaCard, line: str) -> Reply:
        """The lines of a blank page; one that cannot be read is typed again."""
        page.read(card, line)
        lines = [line]
        while len(lines) < len(card.lines):
            line = self.line().strip()
            if reply := self.command(line) if line.startswith(":") else None:
                return reply
            try:
                page.read(card, line)
                lines.append(line)
            except AnswerError as error:
                said = _("Line {n}: {text}")
                self.print([said.format(n=len(lines) + 1, text=error)])
        done = {"lines": lines}
        return Respond(done, self.lived_ms(), self.hinted, timed=False)

    def hint(self, step: Ask) -> None:
        text = step.item.card.hint
        self.hinted = self.hinted or bool(text)
        none = _("This card has no hint.")
        said = fill(text, step.variant) if text else none
        self.print([self.voice(said)])

    def told(self, step: Told) -> Reply:
        again = self.told_last == step.event
        self.text = "\n".join((step.ask.variant.prompt, *words.reasons(step)))
        lines = say.standing(step) if again else say.told(step, self.voice)
        self.print(["", *lines])
        self.told_last = step.event
        if step.quality is not None and not step.leech:
            return Done()
        while line := self.line().strip():
            if len(line) == 1 and line in "012345":
                return Grade(int(line))
            if reply := self.obeyed(line):
                return reply
        return Done()

    def end(self, step: End) -> Reply:
        self.print(["", *say.end(step)])
        run = self.run_of(step)
        if not (step.answered or step.more or step.plan.exercise or run):
            return Leave()
        self.offer(step, run)
        while line := self.line().strip():
            word = line.removeprefix(":")
            exercise = self.waiting()
            if word == "m":
                return More()
            if word == "e" and exercise:
                self.work(exercise)
                self.offer(step, run)
            elif word == "l" and run:
                self.predict(run)
                self.offer(step, run)
            elif not self.looked_up(word):
                if reply := self.command(line):
                    return reply
                self.print([say.unknown_at_end(line)])
                self.offer(step, run)
        return Leave()

    # -- beyond the cards

    def waiting(self) -> str | None:
        """The exercise that waits now."""
        return today(self.course, self.log).exercise

    def run_of(self, step: End) -> str | None:
        """The run of today's drop: the one that was read, or where the path stands."""
        number = self.read_today or self.drop or step.plan.drop
        runs = self.course.drop(number).runs if number else ()
        return runs[0] if runs else None

    def offer(self, step: End, run: str | None) -> None:
        """What can be done now, the next action first."""
        self.print(say.offered(step, self.waiting(), run))

    def work(self, name: str) -> None:
        """The exercise; what prevents it is said."""
        from drillbox.plain import exercise  # numpy: about 100 ms

        try:
            exercise.work(self.talk, self.course, self.log, name)
        except GraderError as error:
            self.print([str(error)])

    def predict(self, name: str) -> None:
        """The run."""
        from drillbox.plain import predict  # every run's file: 20 ms

        predict.predict(self.talk, self.course, self.log, name)

    def statistics(self) -> None:
        """Everything the record says, without bars."""
        found = statistics(self.course, self.log)
        states = self.log.schedule(self.course.id)
        self.print(["", figures.row_of(found.streak)])
        for title, lines in figures.sections(self.course, found, states):
            self.print(["", f"{title}:", *lines])

    # -- commands

    def obeyed(self, line: str) -> Reply | None:
        """The reply a command means, where nothing but commands can be typed."""
        if self.looked_up(line.removeprefix(":")):
            return None
        reply = self.command(line)
        if reply is None:
            self.print([say.unknown(line)])
        return reply

    def looked_up(self, word: str) -> bool:
        """Was it a word that shows something, and was that shown?"""
        if word == "r" and self.drop:
            self.reread()
        elif word == "g":
            self.glossary(self.text)
        elif word == "t":
            self.statistics()
        else:
            return False
        return True

    def command(self, line: str) -> Reply | None:
        """The reply a command means; None if it is none."""
        word = line.removeprefix(":")
        simple: dict[str, Reply] = {"u": Undo(), "s": Suspend(), "q": Leave()}
        if word in simple:
            return simple[word]
        if len(word) == 2 and word[0] == "g" and word[1] in "012345":
            return Grade(int(word[1]))
        if word.startswith("!"):
            return self.note(word[1:].strip())
        return None

    def glossary(self, text: str) -> None:
        """The words of the glossary that a text uses."""
        terms = used(self.course.glossary, text)
        shown = [self.voice(words.term(term)) for term in terms]
        self.print(shown or [_("No word of the glossary is used here.")])

    def reread(self) -> None:
        """The drop again."""
        self.print([self.voice(self.course.drop(self.drop).reading)])

    def note(self, text: str) -> Reply:
        said = _("{where} - your note for its author:")
        self.print([said.format(where=self.where)])
        return Note(text or self.line())
