"""From a key to a changed screen: at most 16 ms at p95, 10,000 cards loaded.

In a pseudo-terminal of 100 by 30: from writing the key until the last byte of what it
changes, and, to compare, until the first. On home the cursor goes along the path, in a
card along the options. Beside it, in turn: a Textual app of one Static, which each key
changes.
"""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bound import code, held
from load import CARDS, FILES, write

from drillbox.cli.opening import clock
from drillbox.history.log import Log

KEYS = 120
LIMIT_MS = 16.0
QUIET_S = 0.05
DOWN, UP = b"\x1b[B", b"\x1b[A"
PLAINEST = """
from textual.app import App
from textual.widgets import Static
class Plainest(App):
    def compose(self):
        yield Static("drillbox")
    def on_key(self, event):
        self.query_one(Static).update(f"{event.key} {event.time}")
Plainest().run()
"""


def main() -> int:
    """Print the figures; MISSED if home or a card keeps somebody waiting."""
    program = os.path.join(os.path.dirname(sys.executable), "drillbox")
    with tempfile.TemporaryDirectory() as home:
        course = Path(home) / "course"
        first = [text.split("kind: ")[1] for text in write(course)]
        drop = next(k for k, kind in enumerate(first, 1) if kind.startswith("choice"))
        Log.open(home, clock).close()  # the very first time asks for a theme
        own = [program, "review", "--course", str(course)]
        with (
            running([sys.executable, "-c", PLAINEST], b"drillbox", home) as plain,
            running(own, b"start today", home) as path,
            running([*own, "--drop", str(drop)], b"1 of ", home) as card,
        ):
            for fd in (plain, path, card):
                while select.select([fd], [], [], 1)[0]:  # what comes when it opens
                    os.read(fd, 65536)
            return code(told("home", path, plain, 5), told("a card", card, plain, 3))


@contextmanager
def running(argv: list[str], marker: bytes, home: str) -> Iterator[int]:
    """The terminal of a program that has shown `marker`."""
    pid, fd = pty.fork()
    if pid == 0:
        env = {**os.environ, "TERM": "xterm-256color", "DRILLBOX_HOME": home}
        env.pop("ACCESSIBLE", None)
        os.execve(argv[0], argv, env)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    try:
        seen = b""
        while marker not in seen:
            if not select.select([fd], [], [], 60)[0]:
                raise TimeoutError(f"{argv} painted nothing: {seen[-200:]!r}")
            seen += os.read(fd, 65536)
        yield fd
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def told(name: str, ours: int, plain: int, moves: int) -> bool:
    """Both in turn, there and back by so many moves; the 95th percentile of the last
    byte of ours beside its bound."""
    own: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    pressed(ours, DOWN)  # nothing is under the cursor of a card before
    for _ in range(KEYS // (2 * moves)):
        for key in (DOWN, UP):
            bare += [pressed(plain, key) for _ in range(moves)]
            own += [pressed(ours, key) for _ in range(moves)]
    for part, ends in (("first", 0), ("last", 1)):
        (middle, late), (base, base_late) = (
            spread([times[ends] for times in one]) for one in (own, bare)
        )
        print(
            f"  {name}, {part} byte: {middle:.1f} ms, p95 {late:.1f}; one Static "
            f"{base:.1f} ms, p95 {base_late:.1f}; ratio {middle / base:.2f}, of p95 "
            f"{late / base_late:.2f}; of {len(own)} keys, {FILES * CARDS} cards"
        )
    return held(f"a key at p95, {name}", late, LIMIT_MS, "ms")


def spread(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def pressed(fd: int, key: bytes) -> tuple[float, float]:
    """Milliseconds from a key to the first byte and to the last before it is still."""
    began = time.perf_counter()
    os.write(fd, key)
    came: list[float] = []
    while select.select([fd], [], [], QUIET_S if came else 5)[0]:
        os.read(fd, 65536)
        came.append((time.perf_counter() - began) * 1_000)
    if not came:
        raise TimeoutError(f"{key!r} changed nothing")
    return came[0], came[-1]


if __name__ == "__main__":
    sys.exit(main())
