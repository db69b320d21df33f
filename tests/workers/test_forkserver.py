"""The fork server: one child a job, nothing left of it, and a deadline that holds."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.workers import forkserver
from drillbox.workers.forkserver import ForkServer, Lost
from drillbox.workers.frame import pack, unpack
from drillbox.workers.spawn import Outcome, Program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forking is for Linux")

HARNESS = """
def run(function, arguments, options):
    return [("value", {"is": function()})]
"""
NOTHING = {"landlock": None, "seccomp": None, "read": [], "listed": []}


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """A server with numpy and no layers: what it kills, it kills by itself."""
    started = ForkServer(Program(False, {}, NOTHING, {"CORE": 0}))
    started.ready(60)
    yield started
    started.close()


def run(server: ForkServer, body: str, seconds: float = 5.0) -> Outcome:
    """Run a function of this body."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    job = {
        "source": f"def f():\n{lines}",
        "file": "f.py",
        "function": "f",
        "harness": HARNESS,
        "options": {},
        "arguments": [],
        "warm": "",
        "calls": "",
        "seconds": seconds,
    }
    return server.run(pack(job), seconds)


def value(outcome: Outcome) -> object:
    return dict(unpack(outcome.result)[0]["outputs"])["value"]["is"]


def children(server: ForkServer) -> list[str]:
    pid = server.process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_a_job_is_answered_and_its_child_is_gone(server: ForkServer) -> None:
    outcome = run(server, "print('hello')\nreturn 41 + 1")
    assert (outcome.end, outcome.status, value(outcome)) == ("answered", 0, 42)
    assert outcome.output == b"hello\n"
    assert children(server) == []


def test_each_job_has_a_process_a_session_and_an_environment_of_its_own(
    server: ForkServer,
) -> None:
    body = "import os\nreturn [os.getpid(), os.getsid(0), dict(os.environ)]"
    first, second = (value(run(server, body)) for _ in range(2))
    assert isinstance(first, list) and isinstance(second, list)
    assert first[0] == first[1] != second[0]
    assert first[2] == {}


def test_a_child_has_five_descriptors_and_an_empty_input(server: ForkServer) -> None:
    body = (
        "import os, sys\nreturn [sorted(os.listdir('/proc/self/fd')), sys.stdin.read()]"
    )
    found = value(run(server, body))
    assert found == [["0", "1", "2", "3", "4"], ""]  # 4 is the listing itself


def test_the_deadline_is_kept_and_says_the_running_line(server: ForkServer) -> None:
    started = time.monotonic()
    outcome = run(server, "x = 1\nwhile True:\n    x += 1", 0.3)
    assert outcome.end == "late" and time.monotonic() - started < 3
    assert b'File "f.py", line' in outcome.result
    assert children(server) == []


def test_what_a_child_forked_ends_with_it(server: ForkServer) -> None:
    body = (
        "import os, time\n"
        "for _ in range(3):\n"
        "    if os.fork() == 0:\n"
        "        os.setsid()\n"
        "        time.sleep(600)\n"
        "return 1"
    )
    started = time.monotonic()
    run(server, body)
    assert time.monotonic() - started < 5
    assert children(server) == []


def test_a_flood_of_print_is_cut_and_not_kept(server: ForkServer) -> None:
    outcome = run(server, "while True: print('x' * 100_000)")
    assert outcome.flooded and len(outcome.output) <= 1 << 16


def test_a_result_without_end_is_cut(server: ForkServer) -> None:
    outcome = run(server, "import os\nwhile True: os.write(3, bytes(1 << 20))")
    assert outcome.end == "answered" and len(outcome.result) < 1 << 25


def test_a_child_that_ends_its_server_is_told_from_a_failure() -> None:
    server = ForkServer(Program(False, {}, NOTHING, {}))
    try:
        server.ready(60)
        outcome = run(server, "import os\nos.kill(os.getppid(), 9)\nreturn 1")
        assert outcome.end == "lost"
    finally:
        server.close()


def test_a_server_that_keeps_no_deadline_is_left_at_the_second_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The supervisor has a deadline of its own, for the whole tree."""
    monkeypatch.setattr(forkserver, "OVERTIME_S", 0.5)
    server = ForkServer(Program(False, {}, NOTHING, {}))
    try:
        server.ready(60)
        stop = "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\n"
        started = time.monotonic()
        outcome = run(server, stop + "while True: pass", 0.5)
        assert outcome.end == "lost" and time.monotonic() - started < 20
        (child,) = children(server)
        handle = os.pidfd_open(int(child))
    finally:
        server.close()
    ended, _, _ = select.select([handle], [], [], 20)
    os.close(handle)
    assert ended, "the child outlived its server"


def test_a_server_that_cannot_start_says_why() -> None:
    program = Program(False, {}, NOTHING, {}, paths=("/nonexistent",))
    with pytest.raises(Lost, match="numpy"):
        ForkServer(program).ready(60)


def test_the_server_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from drillbox.workers.forkserver import ForkServer\n"
        "from drillbox.workers.spawn import Program\n"
        f"server = ForkServer(Program(False, {{}}, {NOTHING!r}, {{}}))\n"
        "server.ready(60)\n"
        "print(server.process.pid, flush=True)\n"
        "os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    pid = int(done.stdout)
    until = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return False
    return stat[0] != "Z"


def test_the_program_inside_imports_no_drillbox_module() -> None:
    here = Path(unpack.__code__.co_filename).parent
    for name in ("inside.py", "forking.py", "frame.py"):
        text = (here / name).read_text(encoding="utf-8")
        assert "import drillbox" not in text and "from drillbox" not in text


def test_a_server_with_a_second_thread_refuses_to_fork(server: ForkServer) -> None:
    own = ForkServer(Program(False, {}, NOTHING, {}))
    try:
        own.ready(60)
        warm = "import threading as t, time\n"
        warm += "t.Thread(target=time.sleep, args=(9,), daemon=True).start()"
        job = {"warm": warm, "source": "", "file": "", "function": "", "seconds": 1}
        rest = {"harness": HARNESS, "calls": "", "options": {}, "arguments": []}
        outcome = own.run(pack({**job, **rest}), 1)
        assert outcome.end == "lost" and "second thread" in own.last_words()
    finally:
        own.close()


def test_the_configuration_travels_as_json() -> None:
    command = Program(True, {"x": "why"}, NOTHING, {"AS": 1}).command(7)
    config = json.loads(command[-1])
    assert config["descriptor"] == 7 and config["refuse"] == {"x": "why"}
    assert os.path.isfile(config["frame"]) and os.path.isfile(config["forking"])
