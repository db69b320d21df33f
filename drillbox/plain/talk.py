"""Lines out, lines in: what every part of the plain shell speaks through."""

from collections.abc import Iterable
from typing import TextIO

from drillbox.plain import say


class InputEnded(Exception):
    """Standard input is at its end: the learner has gone."""


class Talk:
    """A conversation in lines. voice: how a text of the course is printed."""

    def __init__(self, source: TextIO, out: TextIO, voice: say.Voice) -> None:
        self.source = source
        self.out = out
        self.voice = voice

    def print(self, lines: Iterable[str]) -> None:
        """Print lines, each as soon as it is there."""
        for line in lines:
            print(line, file=self.out, flush=True)

    def line(self) -> str:
        """The next line that is typed; InputEnded where there is none."""
        print("> ", end="", file=self.out, flush=True)
        text = self.source.readline()
        if not text:
            raise InputEnded
        return text.rstrip("\n")
