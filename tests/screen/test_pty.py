"""The installed program in a real terminal: it paints, and a key ends it."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("drillbox")
DEADLINE_S = 60.0


class Terminal:
    """A program in a terminal of 80 columns by 24 lines."""

    def __init__(self, home: Path) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        kept = {k: v for k, v in os.environ.items() if k not in ("ACCESSIBLE", "CI")}
        self.process = subprocess.Popen(
            [PROGRAM],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**kept, "TERM": "xterm-256color", "DRILLBOX_HOME": str(home)},
        )
        os.close(theirs)
        self.seen = b""

    def read_until(self, text: str) -> None:
        """Read until the program has written `text`; fails after the deadline."""
        until = time.monotonic() + DEADLINE_S
        while text.encode() not in self.seen:
            ready, _, _ = select.select([self.ours], [], [], until - time.monotonic())
            assert ready, f"{text!r} was not painted: {self.seen[-2000:]!r}"
            self.seen += os.read(self.ours, 1 << 16)

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.ours, keys)

    def wait(self) -> int:
        """Read what is written to the end; returns the exit code."""
        until = time.monotonic() + DEADLINE_S
        while self.process.poll() is None and time.monotonic() < until:
            if select.select([self.ours], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.ours, 1 << 16)
                except OSError:  # Linux: the other end is closed
                    break
        return self.process.wait(DEADLINE_S)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.ours)


@pytest.mark.parametrize("keys", [b"q", b"\x11"], ids=["q", "ctrl+q"])
def test_the_installed_program_paints_and_quits(home: Path, keys: bytes) -> None:
    terminal = Terminal(home)
    try:
        terminal.read_until("start today's session")
        terminal.press(keys)
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.seen
    finally:
        terminal.close()
