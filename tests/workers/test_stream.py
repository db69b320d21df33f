"""The stream of a worker: bounded, ended, and nothing left behind."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drillbox.workers.stream import Warm, WorkerError, environment, stream

Write = Callable[[str], str]

# Holds a pipe open and starts a child that holds it too: its end says both are dead.
HOLD = """
import os, subprocess, sys
fifo = os.open({fifo!r}, os.O_WRONLY)
os.set_inheritable(fifo, True)
child = subprocess.Popen(
    [sys.executable, "-c", "import time; time.sleep(300)"], close_fds=False
)
print('{{"ready": true}}', flush=True)
"""
WAIT = "import time\ntime.sleep(300)\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a worker's program; gives the name of its module."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def module(source: str) -> str:
        (tmp_path / "some_worker.py").write_text(source, encoding="utf-8")
        return "some_worker"

    return module


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "held"
    os.mkfifo(path)
    return path


def ended(reader: int) -> bool:
    """Whether everyone who held the pipe is gone; waits up to 10 s for it."""
    ready, _, _ = select.select([reader], [], [], 10)
    return bool(ready) and os.read(reader, 1) == b""


def test_every_line_is_yielded_and_the_request_arrives(write: Write) -> None:
    module = write(
        "import json, sys\n"
        "asked = json.loads(sys.stdin.readline())\n"
        "for n in range(asked['count']):\n"
        "    print(json.dumps({'n': n, 'word': asked['word']}))\n"
    )
    found = list(stream(module, {"count": 3, "word": "π"}, deadline_s=30))
    assert found == [{"n": n, "word": "π"} for n in range(3)]


def test_a_line_comes_before_the_worker_ends(write: Write) -> None:
    module = write("print('{\"n\": 1}', flush=True)\n" + WAIT)
    lines = stream(module, {}, deadline_s=60)
    began = time.monotonic()
    assert next(lines) == {"n": 1}
    lines.close()
    assert time.monotonic() - began < 30


def test_a_last_line_without_its_end_counts_too(write: Write) -> None:
    module = write("import sys\nsys.stdout.write('{\"n\": 1}')\n")
    assert list(stream(module, {}, deadline_s=30)) == [{"n": 1}]


def test_a_large_request_that_nobody_reads_blocks_nobody(write: Write) -> None:
    module = write("print('{}')\n")
    assert list(stream(module, {"x": "y" * 3_000_000}, deadline_s=30)) == [{}]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("print('[1]')", "wrote what is no JSON object: '[1]'"),
        ("print('hello')", "wrote what is no JSON object: 'hello'"),
        ("print('x' * 5000)", "wrote a line over 2000 bytes"),
        ("raise SystemExit('no oil left')", "ended with 1: no oil left"),
        ("import sys; print('a\\nb', file=sys.stderr); sys.exit(3)", "ended with 3: b"),
        ("raise SystemExit('x' * 5000)", "ended with 1: " + "x" * 300),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "by signal 9"),
    ],
)
def test_what_a_worker_does_wrong_is_said_in_one_sentence(
    write: Write, source: str, sentence: str
) -> None:
    with pytest.raises(WorkerError) as caught:
        list(stream(write(source), {}, deadline_s=30, max_line=2000))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 350


def test_a_module_that_is_not_there_is_said(write: Write) -> None:
    write("")
    with pytest.raises(WorkerError, match="No module named nowhere"):
        list(stream("nowhere", {}, deadline_s=30))


def test_at_the_deadline_the_whole_group_is_ended(write: Write, fifo: Path) -> None:
    module = write(HOLD.format(fifo=str(fifo)) + WAIT)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        lines = stream(module, {}, deadline_s=4)
        assert next(lines) == {"ready": True}
        with pytest.raises(WorkerError, match="took longer than it may"):
            next(lines)
        assert ended(reader)
    finally:
        os.close(reader)


@pytest.mark.parametrize("end", ["", WAIT], ids=["finished", "still-running"])
def test_closed_early_nothing_is_left_behind(
    write: Write, fifo: Path, end: str
) -> None:
    module = write(HOLD.format(fifo=str(fifo)) + end)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        lines = stream(module, {}, deadline_s=60)
        assert next(lines) == {"ready": True}
        lines.close()
        assert ended(reader)
    finally:
        os.close(reader)


def test_a_worker_that_talks_without_end_stops_at_the_deadline(write: Write) -> None:
    module = write("while True: print('{}')\n")
    with pytest.raises(WorkerError, match="took longer than it may"):
        for _ in stream(module, {}, deadline_s=1):
            pass


def test_a_worker_that_closes_its_output_and_stays_is_ended(write: Write) -> None:
    module = write("import os\nos.close(1)\nos.close(2)\n" + WAIT)
    with pytest.raises(WorkerError, match="took longer than it may"):
        list(stream(module, {}, deadline_s=1))


def test_a_flood_of_last_words_neither_blocks_nor_is_kept_whole(write: Write) -> None:
    module = write(
        "import sys\n"
        "for n in range(20_000): print('word ' * 20, n, file=sys.stderr)\n"
        "sys.exit(1)\n"
    )
    with pytest.raises(WorkerError, match=r"ended with 1: (word )+ 19999$") as caught:
        list(stream(module, {}, deadline_s=30))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("threads", [1, 2])
def test_the_worker_gets_as_many_threads_as_it_may(write: Write, threads: int) -> None:
    names = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"]
    module = write(
        f"import json, os\nprint(json.dumps({{n: os.environ[n] for n in {names}}}))\n"
    )
    (found,) = stream(module, {}, deadline_s=30, threads=threads)
    assert found == dict.fromkeys(names, str(threads))


def test_a_file_of_that_name_where_the_learner_stands_is_not_imported(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = write("import json, random\nprint(json.dumps({'at': random.__file__}))\n")
    here = tmp_path / "here"
    here.mkdir()
    (here / "random.py").write_text("raise SystemExit('mine')\n")
    monkeypatch.chdir(here)
    (found,) = stream(module, {}, deadline_s=30)
    assert not found["at"].startswith(str(here))


# Says on the pipe that it has started, holds that open, and answers with who it is.
READY = """
import json, os, sys, time
fifo = os.open({fifo!r}, os.O_WRONLY)
os.write(fifo, b"r")
asked = json.loads(sys.stdin.readline())
for n in range(asked["count"]):
    print(json.dumps({{"pid": os.getpid()}}), flush=True)
if asked["hang"]:
    time.sleep(300)
"""


@pytest.fixture
def ready(write: Write, fifo: Path) -> Iterator[tuple[Warm, int]]:
    """A warm worker that waits for its request, and the pipe that it holds open."""
    module = write(READY.format(fifo=str(fifo)))
    warm = Warm(module)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    warm.start()
    assert select.select([reader], [], [], 30)[0] and os.read(reader, 1) == b"r"
    yield warm, reader
    warm.close()
    os.close(reader)


def test_the_worker_that_waits_is_the_one_that_is_asked(ready) -> None:
    warm, _ = ready
    waiting = warm.waits.process.pid
    warm.start()
    asked = {"count": 2, "hang": False}
    found = list(stream(warm.module, asked, deadline_s=30, warm=warm))
    assert found == [{"pid": waiting}] * 2


def test_a_worker_that_died_waiting_is_replaced(ready) -> None:
    warm, _ = ready
    gone = warm.waits.process
    gone.kill()
    gone.wait()
    asked = {"count": 1, "hang": False}
    (found,) = stream(warm.module, asked, deadline_s=30, warm=warm)
    assert found["pid"] != gone.pid


def test_closing_ends_the_worker_that_waits(ready) -> None:
    warm, reader = ready
    warm.close()
    assert ended(reader)


def test_closing_from_another_thread_ends_a_stream_without_an_error(ready) -> None:
    warm, reader = ready
    asked = {"count": 3, "hang": True}
    said = stream(warm.module, asked, deadline_s=60, warm=warm)
    found = [next(said) for _ in range(3)]
    begun = time.monotonic()
    other = threading.Timer(0.1, warm.close)
    other.start()
    assert list(said) == [] and len(found) == 3
    assert time.monotonic() - begun < 30
    assert ended(reader)
    other.join()


def test_a_worker_that_waits_ends_with_who_started_it(write: Write, fifo: Path) -> None:
    module = write(READY.format(fifo=str(fifo)))
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    program = (
        "import sys, time\n"
        "from drillbox.workers.stream import Warm\n"
        f"Warm({module!r}).start()\n"
        "time.sleep(300)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", program], env=environment(1))
    assert select.select([reader], [], [], 30)[0] and os.read(reader, 1) == b"r"
    owner.kill()
    owner.wait()
    assert ended(reader)
    os.close(reader)
