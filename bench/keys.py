"""From a key to a changed screen: at most 16 ms at p95, 10,000 cards loaded.

In a pseudo-terminal of 100 by 30: from writing the key until the first byte of what it
changes. On home the cursor goes along the path, in a card along the options. Beside it,
in turn: a Textual app of one Static, which each key changes.
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

ROUNDS, KEYS = 8, 10
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
            return code(told("home", path, plain), told("a card", card, plain))


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


def told(name: str, ours: int, plain: int) -> bool:
    """Both in turn; the 95th percentile of ours beside its bound."""
    own: list[float] = []
    bare: list[float] = []
    for _ in range(ROUNDS):
        for key in (DOWN, UP):
            bare += [pressed(plain, key) for _ in range(KEYS // 2)]
            own += [pressed(ours, key) for _ in range(KEYS // 2)]
    middle, late = statistics.median(own), statistics.quantiles(own, n=20)[-1]
    base, base_late = statistics.median(bare), statistics.quantiles(bare, n=20)[-1]
    print(
        f"  {name}: {middle:.1f} ms, p95 {late:.1f}; one Static {base:.1f} ms, p95 "
        f"{base_late:.1f}; ratio {middle / base:.2f}, of p95 {late / base_late:.2f}; "
        f"of {len(own)} keys, {FILES * CARDS} cards"
    )
    return held(f"a key at p95, {name}", late, LIMIT_MS, "ms")


def pressed(fd: int, key: bytes) -> float:
    """Milliseconds from a key to the first byte, once the screen is still."""
    while select.select([fd], [], [], QUIET_S)[0]:
        os.read(fd, 65536)
    began = time.perf_counter()
    os.write(fd, key)
    if not select.select([fd], [], [], 5)[0]:
        raise TimeoutError(f"{key!r} changed nothing")
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    sys.exit(main())
