"""The plain shell: reads a line, answers the session, prints the next step."""

import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from drillbox.domain.course import Course
from drillbox.domain.mathtext import prose
from drillbox.domain.plan import Plan
from drillbox.domain.variant import fill
from drillbox.errors import AnswerError
from drillbox.history.log import Log
from drillbox.plain import say
from drillbox.plain.read import LETTER_KINDS, response
from drillbox.session import (
    Ask,
    Done,
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
    session,
)


class InputEnded(Exception):
    """Standard input is at its end: the learner has gone."""


def run(
    course: Course,
    log: Log,
    plan: Plan,
    source: TextIO = sys.stdin,
    out: TextIO = sys.stdout,
) -> None:
    """One sitting over lines of text. Ends politely when the input ends."""
    shell = _Shell(course, source, out)
    shell.print(say.plan(plan))
    loop = session(course, log, plan)
    try:
        step = next(loop)
        while True:
            step = loop.send(shell.reply(step))
    except StopIteration:
        shell.print(["Bye."])
    except InputEnded:
        shell.print(["", "The input ended; everything answered is kept."])
    finally:
        loop.close()


class _Shell:
    def __init__(self, course: Course, source: TextIO, out: TextIO) -> None:
        self.course = course
        self.source = source
        self.out = out
        self.drop = 0
        self.where = ""
        self.last: Told | None = None

    def print(self, lines: Iterator[str] | list[str]) -> None:
        for line in lines:
            print(line, file=self.out)
        self.out.flush()

    def line(self) -> str:
        print("> ", end="", file=self.out, flush=True)
        text = self.source.readline()
        if not text:
            raise InputEnded
        return text.rstrip("\n")

    def reply(self, step: Step) -> Reply:
        self.print([f"({note})" for note in step.notes])
        self.stand(step)
        if isinstance(step, Read):
            return self.after(say.read(step), self.on_read)
        if isinstance(step, Ask):
            return self.asked(step)
        if isinstance(step, Told):
            return self.told(step)
        return self.after(say.end(step), self.on_end, optional=not step.more)

    def stand(self, step: Step) -> None:
        """Remember what `!` and `r` are about."""
        if isinstance(step, Read):
            self.drop = step.drop.number
            self.where = f"{step.drop.file}:{step.drop.line}"
        elif isinstance(step, Ask):
            self.drop = step.item.drop
            self.where = f"{step.item.file}:{step.item.line}"

    def after(
        self,
        lines: Iterator[str],
        meaning: Callable[[str], Reply | None],
        optional: bool = False,
    ) -> Reply:
        self.print(["", *lines])
        if optional:
            return Leave()
        while True:
            reply = meaning(self.line().strip())
            if reply is not None:
                return reply

    def on_read(self, line: str) -> Reply | None:
        return self.command(line, colon=False) if line else Done()

    def on_end(self, line: str) -> Reply | None:
        if line.removeprefix(":") == "m":
            return More()
        return self.command(line, colon=False) if line else Leave()

    def asked(self, step: Ask) -> Reply:
        self.print(["", *say.ask(step)])
        hint = False
        colon = step.item.card.kind in LETTER_KINDS
        while True:
            line = self.line()
            if not line.strip():
                continue
            if line.strip() == ":h" or (line.strip() == "h" and not colon):
                hint = self.hint(step) or hint
                continue
            if reply := self.command(line.strip(), colon, quiet=True):
                return reply
            try:
                return Respond(response(step.variant, line), hint=hint)
            except AnswerError as error:
                self.print([str(error)])

    def hint(self, step: Ask) -> bool:
        text = step.item.card.hint
        shown = prose(fill(text, step.variant)) if text else "This card has no hint."
        self.print([shown])
        return bool(text)

    def told(self, step: Told) -> Reply:
        again = self.last is not None and self.last.event == step.event
        self.print(["", *([say.standing(step)] if again else say.told(step))])
        self.last = step
        while step.quality is None:
            line = self.line().strip()
            if not line:
                return Done()
            if line in "012345" and len(line) == 1:
                return Grade(int(line))
            if reply := self.command(line, colon=False):
                return reply
        return Done()

    def command(self, line: str, colon: bool, quiet: bool = False) -> Reply | None:
        """The reply a command means; None, and a word about it, if it is none."""
        if colon and not line.startswith(":"):
            return None
        word = line.removeprefix(":")
        simple: dict[str, Reply] = {"u": Undo(), "s": Suspend(), "q": Leave()}
        if word in simple:
            return simple[word]
        if len(word) == 2 and word[0] == "g" and word[1] in "012345":
            return Grade(int(word[1]))
        if word.startswith("!"):
            return self.note(word[1:].strip())
        if word == "r" and self.drop:
            self.print([prose(self.course.drop(self.drop).reading)])
            return None
        if not quiet:
            self.print([f"'{line}' is no command here: u undo, s suspend, q end."])
        return None

    def note(self, text: str) -> Reply:
        self.print([f"{self.where} - your note for its author:"])
        return Note(text or self.line())
