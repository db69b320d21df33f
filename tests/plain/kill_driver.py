"""Lives plain sessions and has them killed; test_kill.py runs it as a process.

Forks one child for each death. The child answers cards; at its named point, or when the
parent's moment comes, SIGKILL ends it. What it painted it wrote to a pipe first, one
byte for each verdict, so the parent knows what the learner had seen.
"""

import json
import os
import random
import select
import signal
import sys
import time

from drillbox.domain.event import ANSWER
from drillbox.domain.plan import practice
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
from drillbox.library.load import load_course
from drillbox.plain import run

POINTS = ("keystroke", "written", "committed", "journalled", "painted")


def clock() -> Moment:
    return Moment(int(time.time() * 1000), 0)


class Death:
    """Kills this process the `countdown`th time that `point` is reached."""

    def __init__(self, point: str | None, countdown: int) -> None:
        self.point, self.countdown = point, countdown

    def __call__(self, point: str) -> None:
        if point == self.point:
            self.countdown -= 1
            if self.countdown == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Keyboard:
    """Someone who never knows the answer, and grades every `recall` as wrong."""

    def __init__(self, death: Death) -> None:
        self.death = death

    def readline(self) -> str:
        self.death("keystroke")
        return "?\n"


class Screen:
    """Tells the parent of every verdict the moment it is painted."""

    def __init__(self, pipe: int, death: Death) -> None:
        self.pipe, self.death = pipe, death

    def write(self, text: str) -> int:
        if text == "Not known yet.":
            os.write(self.pipe, b".")
            self.death("painted")
        return len(text)

    def flush(self) -> None:
        return None


def live(course: object, home: str, pipe: int, death: Death) -> None:
    with Log.open(home, clock, checkpoint=death) as log:
        plan = practice(course.drops[0])  # type: ignore[attr-defined]
        os.write(pipe, b"!")
        while True:
            run(course, log, plan, Keyboard(death), Screen(pipe, death))  # type: ignore[arg-type]


def die(course: object, home: str, point: str | None, draw: random.Random) -> int:
    """One death. Returns how many verdicts had been painted."""
    reader, writer = os.pipe()
    death = Death(point, draw.randint(1, 4))
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        live(course, home, writer, death)
        os._exit(1)
    os.close(writer)
    seen = b""
    if point is None:  # a moment of the parent's choosing
        seen += os.read(reader, 1)
        select.select([], [], [], draw.random() * 0.05)
        os.kill(pid, signal.SIGKILL)
    while chunk := os.read(reader, 4096):
        seen += chunk
    os.close(reader)
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    return seen.count(b".")


def stored(home: str) -> int:
    with Log.open(home, clock) as log:
        return sum(event.kind == ANSWER for event in log.events())


def main(directory: str, home: str, deaths: int) -> None:
    course = load_course(directory).course
    draw = random.Random(7)
    before, rows = 0, []
    for k in range(deaths):
        point = POINTS[k // 2 % len(POINTS)] if k % 2 else None
        painted = die(course, home, point, draw)
        now = stored(home)
        rows.append((point, painted, now - before))
        before = now
    with Log.open(home, clock) as log:
        was = log.schedule(course.id)  # type: ignore[union-attr]
        log.rebuild()
        same = was == log.schedule(course.id)  # type: ignore[union-attr]
    print(json.dumps({"rows": rows, "same": same}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
