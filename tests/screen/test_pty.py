"""The installed program in a real terminal: it paints, and a key ends it."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("drillbox")
DEADLINE_S = 60.0
ASKED = (b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[c", b"\x1b[6n", b"\x1b]11;?")


class Terminal:
    """A program in a terminal of 80 columns by 24 lines."""

    def __init__(self, home: Path, *verb: str) -> None:
        self.ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        kept = {k: v for k, v in os.environ.items() if k not in ("ACCESSIBLE", "CI")}
        self.theirs = theirs  # kept: the modes of a terminal end with its last reader
        self.before = self.modes()
        self.process = subprocess.Popen(
            [PROGRAM, *verb],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**kept, "TERM": "xterm-256color", "DRILLBOX_HOME": str(home)},
        )
        self.seen = b""

    def modes(self) -> list[object]:
        """How the terminal takes keys: cooked or raw."""
        return termios.tcgetattr(self.theirs)[:4]

    def hang_up(self) -> None:
        """Close the window: whoever reads from it learns that nothing comes."""
        os.close(self.theirs)
        os.close(self.ours)
        self.ours = self.theirs = -1

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
        for end in {self.ours, self.theirs} - {-1}:
            os.close(end)


@contextmanager
def opened(
    home: Path, *verb: str, settings: str = "theme: dark\n"
) -> Iterator[Terminal]:
    """The program on its home screen, ended in any case; not for the first time."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.yaml").write_text(settings, encoding="utf-8")
    terminal = Terminal(home, *verb)
    try:
        terminal.read_until("start today's session")
        yield terminal
    finally:
        terminal.close()


@pytest.mark.parametrize("keys", [b"q", b"\x11"], ids=["q", "ctrl+q"])
def test_the_installed_program_paints_and_quits(home: Path, keys: bytes) -> None:
    with opened(home) as terminal:
        terminal.press(keys)
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.seen


def test_the_terminal_is_asked_nothing_before_the_first_paint(home: Path) -> None:
    with opened(home) as terminal:
        asked = [terminal.seen.find(query) for query in ASKED]
        assert max(asked) > 0, "asks nothing at all: this test has nothing to say"
        painted = terminal.seen.index(b"drillbox")
        assert all(at > painted for at in asked if at >= 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_the_terminal_as_it_was(
    home: Path, number: signal.Signals
) -> None:
    with opened(home, "review") as terminal:
        terminal.process.send_signal(number)
        assert terminal.wait() == 128 + number
        left = terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
        assert all(code in left for code in (b"\x1b[?25h", b"\x1b[?1003l"))
        assert terminal.modes() == terminal.before
        assert b"Traceback" not in terminal.seen


def test_a_closed_terminal_ends_the_program(home: Path) -> None:
    with opened(home) as terminal:
        terminal.hang_up()
        assert terminal.process.wait(DEADLINE_S) is not None


def test_bytes_that_are_no_text_are_no_crash(home: Path) -> None:
    with opened(home) as terminal:
        terminal.press(b"\xff\xfe\x80 r")
        terminal.read_until("PPO, as it is used")
        terminal.press(b"qq")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.seen


def test_the_settings_leave_the_mouse_to_the_terminal(home: Path) -> None:
    with opened(home, settings="mouse: false\n") as terminal:
        terminal.read_until("\x1b[?1003l")
        terminal.press(b"q")
        assert terminal.wait() == 0


def test_a_mistake_in_the_settings_is_said_on_the_screen(home: Path) -> None:
    with opened(home, settings="theme: drak\n") as terminal:
        terminal.seen = terminal.seen[terminal.seen.index(b"\x1b[?1049h") :]
        terminal.read_until("drak")
        terminal.press(b"q")
        assert terminal.wait() == 0


MOUSE = ("1000", "1003", "1015", "1006")  # what a terminal is asked to report


def written(terminal: Terminal, keys: bytes, until: str) -> bytes:
    """Press keys; what the program writes from then on until it writes `until`."""
    terminal.seen, before = b"", terminal.seen
    terminal.press(keys)
    terminal.read_until(until)
    new, terminal.seen = terminal.seen, before + terminal.seen
    return new


@pytest.mark.parametrize("ours", [True, False])
def test_the_mouse_is_given_back_and_taken_again_on_the_wire(
    home: Path, ours: bool
) -> None:
    give, take = (b"give the mouse back", "l"), (b"take the mouse again", "h")
    settings = "theme: dark\n" if ours else "mouse: false\n"
    with opened(home, settings=settings) as terminal:
        if not ours:
            terminal.read_until("\x1b[?1006l")
        for words, way in (give, take, give) if ours else (take, give, take):
            written(terminal, b"\x1b[12~", "part of a name")  # F2
            written(terminal, words, words.decode()[-5:])
            wire = written(terminal, b"\r", f"\x1b[?1006{way}")
            assert all(f"\x1b[?{mode}{way}".encode() in wire for mode in MOUSE)
        terminal.press(b"\x11")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.seen
