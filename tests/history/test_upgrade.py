"""From version 1 of the store to version 2: by itself, once, whole or not at all."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.domain.studyday import study_day
from drillbox.errors import HistoryError
from drillbox.history import counts, due, store
from drillbox.history.log import Log
from tests.conftest import Clock
from tests.history.test_counts import recounted

BACK = """
drop table waits; drop table parts; drop table changed; drop table counted;
drop index waiting; drop index by_bring; alter table live drop column "drop";
pragma user_version = 1;
"""
ITEMS: dict[str, tuple[tuple[str, ...], str]] = dict.fromkeys("abc", ((), "f"))


@pytest.fixture
def old(home: Path, clock: Clock) -> Path:
    """A record as version 1 left it: two cards due, one of them suspended."""
    with Log.open(str(home), clock) as log:
        log.set_live("dpo", ITEMS)
        log.append_all([Draft("answer", "dpo", item, quality=4) for item in "ab"])
        log.append(Draft("suspend", "dpo", "b"))
    with closing(sqlite3.connect(home / "history.db")) as db:
        db.executescript(BACK)
    clock.sleep(1)
    return home


def shape(home: Path) -> list[Any]:
    """The version, every table as it was made, and the events."""
    with closing(sqlite3.connect(home / "history.db")) as db:
        made = db.execute("select type, name, sql from sqlite_schema order by 1, 2")
        rows = db.execute("select * from event order by seq")
        version = db.execute("pragma user_version")
        return [version.fetchall(), made.fetchall(), rows.fetchall()]


def test_the_first_opening_upgrades_and_keeps_every_event_and_state(
    old: Path, clock: Clock
) -> None:
    with closing(sqlite3.connect(old / "history.db")) as db:
        before = db.execute("select * from schedule order by 1, 2").fetchall()
        events = db.execute("select * from event order by seq").fetchall()
    with Log.open(str(old), clock) as log:
        assert log.notices == []
        after = log.read(lambda db: db.execute("select * from schedule order by 1, 2"))
        assert after.fetchall() == before
        assert log.read(counts.dump) == recounted(log)
        assert due.count(str(old / "history.db"), log.today())[0] == {"dpo": 1}
        log.append(Draft("resume", "dpo", "b"))
        assert due.count(str(old / "history.db"), log.today())[0] == {"dpo": 2}
    assert store.version_of(str(old / "history.db")) == store.VERSION
    assert shape(old)[2][:-1] == events


def test_the_prompt_counts_in_a_record_that_was_not_upgraded_yet(
    old: Path, clock: Clock
) -> None:
    before = shape(old)
    today = study_day(clock())
    assert due.count(str(old / "history.db"), today) == ({"dpo": 1}, None)
    assert shape(old) == before


def test_an_upgrade_that_fails_leaves_the_old_record(old: Path) -> None:
    before = shape(old)

    def fails(_: str) -> None:
        raise RuntimeError("the power is gone")

    with (
        closing(store.connect(str(old / "history.db"))) as db,
        pytest.raises(RuntimeError),
    ):
        store.migrate(db, fails)
    assert shape(old) == before


KILLED = """
import os, signal, sys
from drillbox.history import store
db = store.connect(sys.argv[1])
store.migrate(db, lambda _: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_program_killed_in_the_upgrade_leaves_the_old_record_and_the_next_upgrades_it(
    old: Path, clock: Clock
) -> None:
    before = shape(old)
    command = [sys.executable, "-c", KILLED, str(old / "history.db")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert shape(old) == before
    with Log.open(str(old), clock) as log:
        assert log.read(counts.dump) == recounted(log)
        assert len(list(log.events())) == 3


def test_a_damaged_record_is_not_upgraded_but_rebuilt(old: Path, clock: Clock) -> None:
    data = bytearray((old / "history.db").read_bytes())
    page = data.index(b"suspend") // 4096 * 4096
    data[page : page + 4096] = b"\xff" * 4096
    (old / "history.db").write_bytes(data)
    with Log.open(str(old), clock) as log:
        assert "2 answers came back" in log.notices[0]
        assert log.read(counts.dump) == recounted(log)
    (aside,) = (p for p in old.glob("history.db.damaged-*") if p.stat().st_size)
    assert aside.read_bytes() == bytes(data)


def test_a_backup_of_version_1_and_the_journal_make_a_record_of_version_2(
    old: Path, clock: Clock
) -> None:
    (backup,) = (old / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as db:
        db.executescript(BACK)
    (old / "history.db").write_bytes(b"this is no database" * 99)
    with Log.open(str(old), clock) as log:
        assert "the backup of 2026-11-23 and the journal" in log.notices[0]
        assert log.read(counts.dump) == recounted(log)
        assert due.count(str(old / "history.db"), log.today())[0] == {"dpo": 1}
        assert len(list(log.events())) == 3
    assert store.version_of(str(old / "history.db")) == store.VERSION


def test_the_version_before_says_one_sentence_and_touches_nothing(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(Draft("answer", "dpo", "a", quality=4))
        today = log.today()
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    monkeypatch.setattr(store, "VERSION", 1)
    monkeypatch.setattr(due, "VERSION", 1)
    with pytest.raises(HistoryError, match=r"a newer drillbox \(version 2"):
        Log.open(str(home), clock)
    with pytest.raises(ValueError, match="written by a newer drillbox; update"):
        due.count(str(home / "history.db"), today)
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before
