"""`drillbox check --watch`: every save is graded; it leaves nothing behind."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.cli.test_check import RIGHT, WRONG, drillbox

LINUX = sys.platform == "linux"
STARTED_S = 60.0  # torch is imported twice, on a busy machine
GONE_S = 10.0


def wait_for(what: Callable[[], object], seconds: float = STARTED_S) -> None:
    """Wait until it holds; fail if it does not."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


class Watching:
    """A call of `check --watch` that runs, and what it has said so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", said: Path) -> None:
        self.process = process
        self.said = said

    @property
    def text(self) -> str:
        return self.said.read_text()

    def wait_for(self, words: str, times: int = 1) -> None:
        wait_for(lambda: self.text.count(words) >= times)


@contextmanager
def watching(home: Path, said: Path, *words: object) -> Iterator[Watching]:
    """Starts it, and ends it by its process id."""
    command = [sys.executable, "-u", "-m", "drillbox", "check", *map(str, words)]
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    with open(said, "wb") as out:
        process = start(command, env, out)
    try:
        yield Watching(process, said)
    finally:
        process.kill()
        process.wait()


def start(
    command: list[str], env: dict[str, str], out: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env
    )


@pytest.fixture
def own(home: Path) -> Path:
    """The learner's own file of dpo-loss."""
    done = drillbox(home, "exercise", "start", "dpo-loss")
    return Path(done.stdout.splitlines()[0])


def test_saves_are_graded_as_they_come_and_recorded(
    home: Path, own: Path, tmp_path: Path
) -> None:
    with watching(home, tmp_path / "said", "dpo-loss", "--watch") as it:
        it.wait_for("every save is graded")
        own.write_text(WRONG)
        it.wait_for("dpo-loss: not yet, ")
        fresh = own.with_suffix(".new")
        fresh.write_text(RIGHT)
        os.replace(fresh, own)
        it.wait_for("Recorded: quality 4, right; back tomorrow")
        own.write_text("def dpo_loss(:\n")
        it.wait_for("dpo-loss: not yet: line 1: this does not parse")
        assert it.text.count("saved at") == 3
        it.process.send_signal(signal.SIGINT)
        assert it.process.wait(GONE_S) == 1  # of the last verdict
    assert "Traceback" not in it.text


def test_a_file_that_is_begun_is_graded_at_once(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(RIGHT)
    with watching(home, tmp_path / "said", "dpo-loss", mine, "--watch", "--diff") as it:
        it.wait_for("the reference")
        assert "dpo-loss: passed, " in it.text and "Recorded" not in it.text
    assert not (home / "history.db").exists()


def test_two_files_or_none_cannot_be_watched(home: Path, tmp_path: Path) -> None:
    both = drillbox(home, "check", "dpo-loss", "a.py", "b.py", "--watch")
    assert both.returncode == 2 and "--watch takes one file" in both.stderr
    none = drillbox(home, "check", "dpo-loss", tmp_path / "no.py", "--watch")
    assert none.returncode == 2 and "there is no file" in none.stderr


def descendants(pid: int) -> set[int]:
    """Every process below this one."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            stat = Path("/proc", name, "stat").read_text()
        except OSError:
            continue
        parent = int(stat.rpartition(")")[2].split()[1])
        children.setdefault(parent, []).append(int(name))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a zombie does not."""
    found = set()
    for pid in pids:
        try:
            stat = Path("/proc", str(pid), "stat").read_text()
        except OSError:
            continue
        if stat.rpartition(")")[2].split()[0] not in "ZX":
            found.add(pid)
    return found


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
@pytest.mark.parametrize("when", ["while it starts", "warm"])
def test_nothing_outlives_a_parent_that_was_killed(
    home: Path, own: Path, tmp_path: Path, when: str
) -> None:
    with watching(home, tmp_path / "said", "dpo-loss", "--watch") as it:
        if when == "warm":
            own.write_text(RIGHT)
            it.wait_for("Recorded: quality 5")
            below = descendants(it.process.pid)
        else:
            wait_for(lambda: len(descendants(it.process.pid)) >= 2)
            below = descendants(it.process.pid)
        assert below
        it.process.kill()
        it.process.wait()
        wait_for(lambda: not alive(below), GONE_S)


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
def test_in_a_terminal_the_cases_are_painted_as_they_come(
    home: Path, own: Path
) -> None:
    """The first bytes of a grading are cases, before its report is printed."""
    command = [sys.executable, "-m", "drillbox", "check", "dpo-loss", "--watch"]
    env = {**os.environ, "DRILLBOX_HOME": str(home), "TERM": "xterm"}
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=env
    )
    os.close(slave)
    said = b""
    try:
        saved = False
        while b"cases right" not in said:
            said += os.read(master, 4096)
            if not saved and b"every save" in said:
                own.write_text(WRONG)
                saved = True
    finally:
        process.kill()
        process.wait()
        os.close(master)
    text = said.decode()
    painted, _, report = text.partition("dpo-loss: not yet")
    assert "✗ wrong" in painted and "1 pair" in painted
    assert "cases right" in report
