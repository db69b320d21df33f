"""Full disks, directories that may not be written, processes that are killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.domain.schedule import fold
from drillbox.errors import HistoryError
from drillbox.history import journal
from drillbox.history.log import Log

Clock = Any


def answer(item: str = "a", **body: object) -> Draft:
    return Draft("answer", "dpo", item, quality=4, body=body)


# -- a full disk


def test_a_full_database_says_so_keeps_what_it_has_and_goes_on_when_there_is_room(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
        before = log.dump()
        log.read(lambda db: db.execute("pragma max_page_count = 1").fetchall())
        with pytest.raises(HistoryError, match=r"the disk took no more of .*free some"):
            while True:
                log.append(answer("b", text="x" * 4000))
                before = log.dump()
        assert log.dump() == before
        log.read(lambda db: db.execute("pragma max_page_count = 100000").fetchall())
        log.append(answer("c"))
        ids = {event.id for event in log.events()}
    assert journalled(home / "journal.jsonl") == ids


LIMITED = """
import resource, sys, time
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.errors import HistoryError
from drillbox.history.log import Log
home, limit = sys.argv[1], int(sys.argv[2])
with Log.open(home, lambda: Moment(int(time.time() * 1000), 0)) as log:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        for k in range(300):
            body = {"text": "x" * 900}
            draft = Draft("answer", "dpo", f"card-{k % 5}", quality=4, body=body)
            print(log.append(draft).event.id, flush=True)
    except HistoryError as error:
        print(error, file=sys.stderr)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    print("room:", log.append(Draft("answer", "dpo", "b", quality=4)).event.id)
    print(*log.notices, sep="\\n", file=sys.stderr)
"""


def limited(home: Path, limit: int) -> tuple[list[str], str]:
    """The ids that were acknowledged, and what was said."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [line.split()[-1] for line in done.stdout.splitlines()], done.stderr


def test_no_file_may_grow_any_more_and_every_acknowledged_answer_is_there(
    home: Path, clock: Clock
) -> None:
    acknowledged, said = limited(home, 600_000)
    assert "the disk took no more of" in said and "Traceback" not in said
    assert 5 < len(acknowledged) < 300
    with Log.open(str(home), clock) as log:
        assert [e.id for e in log.events()] == acknowledged
        assert log.notices == [] or "undo-future" in log.notices[0]
    assert journalled(home / "journal.jsonl") == set(acknowledged)


def test_no_room_for_the_journal_alone_loses_no_answer(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
    path = home / "journal.jsonl"
    line = path.read_bytes()
    path.write_bytes(line * (6_000_000 // len(line)))  # larger than the database
    acknowledged, said = limited(home, path.stat().st_size + 5_000)
    assert len(acknowledged) == 301
    assert "the journal could not be written (File too large)" in said
    assert "your answers are safe" in said and "Traceback" not in said
    assert journalled(path) >= set(acknowledged)  # made up for, with the last one
    with Log.open(str(home), clock) as log:
        assert {e.id for e in log.events()} >= set(acknowledged)


def journalled(path: Path) -> set[str]:
    """The ids on the lines of a journal that are whole."""
    return {event.id for event in journal.read(str(path))}


# -- directories


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A directory that anyone may look into; tests run as somebody who owns nothing."""
    directory = Path(tempfile.mkdtemp())
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


def sentence(home: Path, clock: Clock) -> str:
    """What opening and answering says, as someone without permission."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(HistoryError) as caught, Log.open(str(home), clock) as log:
            log.append(answer())
    finally:
        if root:
            os.seteuid(0)
    return str(caught.value)


def test_a_directory_that_may_not_be_written_is_one_sentence(
    nobodys: Path, clock: Clock
) -> None:
    with Log.open(str(nobodys / "home"), clock) as log:
        log.append(answer())
    for path in (nobodys / "home").iterdir():
        path.chmod(0o555 if path.is_dir() else 0o444)
    (nobodys / "home").chmod(0o555)
    said = sentence(nobodys / "home", clock)
    (nobodys / "home").chmod(0o755)
    assert "cannot be written" in said and "DRILLBOX_HOME" in said
    with Log.open(str(nobodys / "home"), clock) as log:
        assert log.state("dpo", "a").answers == 1


def test_a_database_that_may_not_be_written_is_one_sentence(
    nobodys: Path, clock: Clock
) -> None:
    with Log.open(str(nobodys / "home"), clock) as log:
        log.append(answer())
    for path in (nobodys / "home").iterdir():
        path.chmod(0o777)
    (nobodys / "home").chmod(0o777)
    (nobodys / "home" / "history.db").chmod(0o444)
    said = sentence(nobodys / "home", clock)
    assert "history.db cannot be written" in said and "DRILLBOX_HOME" in said


def test_a_directory_that_cannot_be_made_is_one_sentence(
    nobodys: Path, tmp_path: Path, clock: Clock
) -> None:
    said = sentence(nobodys / "home", clock)
    assert "home cannot be used (Permission denied)" in said and "DRILLBOX_HOME" in said
    (tmp_path / "file").touch()
    with pytest.raises(HistoryError, match=r"cannot be used \(Not a directory\)"):
        Log.open(str(tmp_path / "file" / "home"), clock)


# -- kill -9


KILLED = """
import os, signal, sys, time
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
home, point, countdown = sys.argv[1], sys.argv[2], int(sys.argv[3])
left = countdown
def death(reached):
    global left
    left -= reached == point
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def clock():
    return Moment(int(time.time() * 1000), 0)
def live(pipe):
    with Log.open(home, clock, checkpoint=death) as log:
        for k in range(1000):
            kind = ("answer", "answer", "answer", "suspend", "bring", "read")[k % 6]
            body = {"items": ["card-1"]} if kind == "bring" else {}
            draft = Draft(kind, "dpo", f"card-{k % 4}", quality=k % 6, body=body)
            done = log.append(draft).event.id
            os.write(pipe, done.encode())
            if k % 5 == 4:
                undo = Draft("undo", "dpo", draft.item, target=done)
                os.write(pipe, log.append(undo).event.id.encode())
        os._exit(7)
"""
DEATHS = """
import random
def die(countdown_at, delay):
    global left
    left = countdown_at
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        live(writing)
    os.close(writing)
    if delay:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    seen = b""
    while part := os.read(reading, 65536):
        seen += part
    os.close(reading)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
    return [seen[k:k + 32].decode() for k in range(0, len(seen), 32)]
draw = random.Random(countdown)
for k in range(countdown):
    named = point != "any"
    print(*die(draw.randrange(1, 25) if named else -1, 0 if named else
               draw.uniform(0.02, 0.12)))
"""


@pytest.mark.parametrize("point", ["written", "committed", "journalled", "any"])
def test_a_killed_process_has_lost_no_acknowledged_event(
    home: Path, clock: Clock, point: str
) -> None:
    """Fifteen deaths each: at the named point, or at any moment."""
    Log.open(str(home), clock).close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED + DEATHS, str(home), point, "15"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    acknowledged = set(done.stdout.split())
    assert len(done.stdout.splitlines()) == 15 and len(acknowledged) > 15
    with sqlite3.connect(home / "history.db") as db:
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    db.close()
    with Log.open(str(home), clock) as log:
        events = list(log.events())
        ids = {event.id for event in events}
        assert acknowledged <= ids
        assert len(ids) <= len(acknowledged) + 15  # written, killed before it was said
        folded = fold(events).items
        assert log.schedule("dpo") == {item: s for (_, item), s in folded.items()}
        before = log.dump()
        log.rebuild()
        assert log.dump() == before
    assert journalled(home / "journal.jsonl") == ids
