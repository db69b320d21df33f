"""What the README says for prompts, tmux and timers, run where it can be run."""

import fcntl
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from drillbox.domain.course import Course
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
from drillbox.session import adopt

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
DEADLINE_S = 30.0
THREE_DAYS_MS = 3 * 86_400_000


def block(kind: str) -> str:
    """The README's block in this language."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return str(found)


def line(kind: str, begin: str) -> str:
    """What follows `begin` on its line of a block."""
    (found,) = re.findall(rf"^{re.escape(begin)}(.*)$", block(kind), re.MULTILINE)
    return str(found)


def shell(script: str, home: Path, program: str = "sh") -> tuple[int, str]:
    """Exit code and output of a script for whom drillbox is on the path."""
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    env["PATH"] = f"{BIN}:{env['PATH']}"
    done = subprocess.run(
        [program, "-c", script], env=env, capture_output=True, text=True
    )
    return done.returncode, done.stdout


@pytest.fixture
def waiting(home: Path, small: Course) -> Path:
    """A home in which a card has been due since yesterday or before."""
    then = Moment(int(time.time() * 1000) - THREE_DAYS_MS, 0)
    with Log.open(str(home), lambda: then) as log:
        adopt(small, log)
        item = small.drops[0].items[0]
        body = {"verdict": "wrong", "answer": {}, "duration_ms": 1}
        log.append(Draft("answer", small.id, item.id, quality=1, body=body))
    return home


@pytest.fixture(params=[True, False], ids=["due", "none due"])
def either(request: pytest.FixtureRequest, home: Path) -> tuple[Path, bool]:
    """A home, and whether a card is due in it."""
    if request.param:
        request.getfixturevalue("waiting")
    return home, request.param


def test_the_bash_prompt_has_a_mark_while_cards_are_due(
    either: tuple[Path, bool],
) -> None:
    home, due = either
    script = "PS1='$ '\n" + block("bash") + 'printf "%s" "${PS1@P}"'
    assert shell(script, home, "bash") == (0, "[drill] $ " if due else "$ ")


def test_the_zsh_prompt_is_the_same_line() -> None:
    assert line("zsh", "PS1=") == line("bash", "PS1=")


def test_the_cron_line_prints_only_what_is_due(either: tuple[Path, bool]) -> None:
    home, due = either
    assert shell(line("cron", "0 18 * * * "), home) == (
        (0, "1 card due\n") if due else (1, "")
    )


def test_the_service_is_skipped_where_nothing_is_due(
    either: tuple[Path, bool],
) -> None:
    """systemd skips a unit whose ExecCondition exits with 1 to 254."""
    home, due = either
    assert shell(line("ini", "ExecCondition="), home) == (0 if due else 1, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_units_are_well_formed(tmp_path: Path) -> None:
    units = re.findall(r"^# \S*/(drillbox\.\w+).*\n((?:.+\n)*)", block("ini"), re.M)
    assert [name for name, _ in units] == ["drillbox.service", "drillbox.timer"]
    for name, text in units:
        (tmp_path / name).write_text(text.replace("=drillbox", f"={BIN}/drillbox"))
    paths = [str(tmp_path / name) for name, _ in units]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *paths], capture_output=True, text=True
    )
    assert "Unknown" not in done.stderr, done.stderr


@pytest.mark.skipif(not shutil.which("tmux"), reason="no tmux here")
def test_tmux_shows_how_many_are_due(waiting: Path, tmp_path: Path) -> None:
    conf = tmp_path / "tmux.conf"
    conf.write_text(block("tmux"), encoding="utf-8")
    env = {**os.environ, "DRILLBOX_HOME": str(waiting), "TMUX_TMPDIR": str(tmp_path)}
    env |= {"PATH": f"{BIN}:{os.environ['PATH']}", "TERM": "xterm"}
    env.pop("TMUX", None)
    tmux = ["tmux", "-L", "drillbox", "-f", str(conf)]
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (5, 80))
    client = subprocess.Popen(
        [*tmux, "new-session", "sleep 60"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=env,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    try:
        assert "1 card due" in read_until(ours, "1 card due")
    finally:
        subprocess.run([*tmux, "kill-server"], env=env, check=True)
        client.wait(DEADLINE_S)
        os.close(ours)


def read_until(terminal: int, text: str) -> str:
    """What is painted in a terminal until this text is, or the deadline passes."""
    seen, until = b"", time.monotonic() + DEADLINE_S
    while text.encode() not in seen and time.monotonic() < until:
        if select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 1 << 16)
    return seen.decode(errors="replace")
