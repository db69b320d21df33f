"""The daily look over the whole file: beside what is read, before what is written."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.history import checking, keeper
from drillbox.history.checking import Check
from drillbox.history.log import Log
from tests.conftest import Clock

PAGE = 4096


def answer(item: str) -> Draft:
    return Draft("answer", "dpo", item, quality=4, body={"text": f"on {item} " * 90})


@pytest.fixture
def hidden(home: Path, clock: Clock) -> Path:
    """A record of yesterday with damage in a page that neither opening nor an answer
    to another card reads."""
    with Log.open(str(home), clock) as log:
        log.append_all([answer(f"card-{k}") for k in range(200)])
    clock.sleep(1)
    data = bytearray((home / "history.db").read_bytes())
    at = data.index(b"on card-100 ") // PAGE * PAGE
    data[at : at + PAGE] = b"\xff" * PAGE
    (home / "history.db").write_bytes(data)
    return home


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The look over the file does not begin before this is set."""
    opened = threading.Event()

    def quick(db: sqlite3.Connection) -> None:
        assert opened.wait(20)
        checked(db)

    checked = checking.quick
    monkeypatch.setattr(checking, "quick", quick)
    yield opened
    opened.set()


def test_reading_does_not_wait_for_the_look_over_the_file(
    hidden: Path, clock: Clock, gate: threading.Event
) -> None:
    with Log.open(str(hidden), clock) as log:
        assert log.state("dpo", "card-0").answers == 1
        assert log.notices == []
        gate.set()


def test_the_days_first_write_waits_and_finds_the_database_mended(
    hidden: Path, clock: Clock, gate: threading.Event
) -> None:
    with Log.open(str(hidden), clock) as log:
        broken = (hidden / "history.db").read_bytes()
        threading.Timer(0.05, gate.set).start()
        assert log.append(answer("card-0")).before.answers == 1
        assert "200 answers came back" in log.notices[0]
        assert len(list(log.events())) == 201
    (aside,) = (p for p in hidden.glob("history.db.damaged-*") if p.stat().st_size)
    assert aside.read_bytes() == broken  # nothing was written into it


def test_damage_that_was_found_is_mended_at_the_next_reading_too(
    hidden: Path, clock: Clock, gate: threading.Event
) -> None:
    with Log.open(str(hidden), clock) as log:
        check = log._keeper._check
        gate.set()
        assert check is not None and check.wait() and check.damage is not None
        assert log.state("dpo", "card-0").answers == 1
        assert "200 answers came back" in log.notices[0]


def test_no_backup_is_made_of_a_damaged_database(hidden: Path, clock: Clock) -> None:
    good = {p.name: p.read_bytes() for p in (hidden / "backups").iterdir()}
    with Log.open(str(hidden), clock) as log:
        log._keeper.back_up()
        assert "200 answers came back" in log.notices[0]
        assert len(list(log.events())) == 200
    kept = {p.name: p.read_bytes() for p in (hidden / "backups").iterdir()}
    assert good.items() < kept.items() and len(kept) == 2


def test_with_a_backup_of_today_nothing_is_looked_over(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
    monkeypatch.setattr(keeper, "Check", None)
    with Log.open(str(home), clock) as log:
        assert log.append(answer("a")).before.answers == 1


def test_a_file_that_could_not_be_looked_over_beside_is_looked_over_by_the_writer(
    hidden: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(db: sqlite3.Connection) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise sqlite3.OperationalError("database is locked")
        looked_over(db)

    looked_over = checking.quick
    monkeypatch.setattr(checking, "quick", held)
    with Log.open(str(hidden), clock) as log:
        assert log.append(answer("card-0")).before.answers == 1
        assert "200 answers came back" in log.notices[0]


def test_closing_ends_the_look_over_the_file(home: Path, clock: Clock) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
    check = Check(str(home / "history.db"))
    check.stop()
    assert check.wait() in (True, False) and not check._thread.is_alive()
    names: set[Any] = {p.name for p in home.iterdir()}
    assert "history.db-wal" not in names
