"""First paint of drillbox against that of a Textual app of one Static, in pairs.

Both run in a pseudo-terminal of 100 by 30 that answers nothing; the time is from the
start of the process until the text is on the wire.
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

from bound import code, held

BUDGET = 2.0
RUNS = 9
PLAINEST = """
from textual.app import App
from textual.widgets import Static
class Plainest(App):
    def compose(self):
        yield Static("drillbox")
Plainest().run()
"""


def paint(argv: list[str], marker: bytes, home: str) -> float:
    """Seconds from the start of `argv` until `marker` is on the wire."""
    begin = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        env = {**os.environ, "TERM": "xterm-256color", "DRILLBOX_HOME": home}
        env.pop("ACCESSIBLE", None)
        os.execve(argv[0], argv, env)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            if not select.select([fd], [], [], 20)[0]:
                raise TimeoutError(f"{argv} painted nothing: {seen[-200:]!r}")
            seen += os.read(fd, 65536)
        return time.perf_counter() - begin
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def main() -> int:
    """Print both medians; MISSED if their ratio is over the budget."""
    script = os.path.join(os.path.dirname(sys.executable), "drillbox")
    plainest = [sys.executable, "-c", PLAINEST]
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as home:
        for run in range(RUNS + 1):
            base = paint(plainest, b"drillbox", home)
            own = paint([script], b"drillbox", home)
            if run:  # the first pair warms the disk
                theirs.append(base)
                ours.append(own)
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"  drillbox {statistics.median(ours) * 1000:.0f} ms, one Static "
        f"{statistics.median(theirs) * 1000:.0f} ms; medians of {RUNS}"
    )
    return code(held("first paint", ratio, BUDGET))


if __name__ == "__main__":
    sys.exit(main())
