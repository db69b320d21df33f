"""A damaged, missing, foreign or newer database; backups; the journal."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drillbox.domain.event import Draft
from drillbox.domain.studyday import iso
from drillbox.errors import HistoryError
from drillbox.history import backup, store
from drillbox.history.log import Log

Clock = Any


def answer(item: str = "a", quality: int = 4) -> Draft:
    return Draft("answer", "dpo", item, quality=quality, body={"fingerprint": "f"})


def live_three_days(home: Path, clock: Clock) -> list[tuple[object, ...]]:
    """Answers on three days; the whole schedule after them."""
    with Log.open(str(home), clock) as log:
        for day in range(3):
            for item in "abc":
                log.append(answer(item, quality=day + 1))
            clock.sleep(1)
        return log.dump()


def wreck(path: Path, how: str) -> None:
    """Break the file in one of the ways disks and people break files."""
    data = bytearray(path.read_bytes())
    if how == "overwritten":
        data[:] = b"this is no database" * 100
    elif how == "first page":
        data[0:100] = os.urandom(100)
    elif how == "a page inside":
        page = len(data) // 4096 // 2 * 4096
        data[page : page + 4096] = b"\xff" * 4096
    elif how == "cut in half":
        del data[len(data) // 2 :]
    elif how == "emptied":
        data.clear()
    path.write_bytes(data)


def sound(home: Path) -> bool:
    with sqlite3.connect(home / "history.db") as db:
        found: str = db.execute("pragma integrity_check").fetchone()[0]
    db.close()
    return found == "ok"


DAMAGE = ["overwritten", "first page", "a page inside", "cut in half"]


@pytest.mark.parametrize("backups", [True, False])
@pytest.mark.parametrize("how", [*DAMAGE, "emptied", "deleted"])
def test_a_damaged_database_is_rebuilt_with_every_answer(
    home: Path, clock: Clock, how: str, backups: bool
) -> None:
    before = live_three_days(home, clock)
    database = home / "history.db"
    if how == "deleted":
        database.unlink()
    else:
        wreck(database, how)
    broken = database.read_bytes() if how in DAMAGE else None
    if not backups:
        shutil.rmtree(home / "backups")
    with Log.open(str(home), clock) as log:
        log.rebuild()  # the day's first write waits until the whole file was seen
        assert log.dump() == before
        (notice,) = log.notices
        assert "9 answers came back" in notice
        assert ("backup of 2026-11-25 and the journal" in notice) is backups
        log.append(answer())
    aside = [p for p in home.glob("history.db.damaged-*") if p.stat().st_size]
    if broken is None:
        assert "was missing" in notice and not aside
    else:
        assert aside[0].name in notice and aside[0].read_bytes() == broken
    assert sound(home)
    with Log.open(str(home), clock) as log:
        assert log.notices == []


@pytest.mark.parametrize("how", DAMAGE)
def test_a_database_that_breaks_under_way_costs_no_answer(
    home: Path, clock: Clock, how: str
) -> None:
    with Log.open(str(home), clock) as log:
        for k in range(200):
            log.append(answer(f"card-{k}"))
        log.read(lambda db: db.execute("pragma wal_checkpoint(truncate)").fetchall())
        log.read(lambda db: db.execute("pragma cache_size = 0"))
        before = log.dump()
        wreck(home / "history.db", how)
        found = log.append(answer("card-7", 1))
        assert found.before.answers == 1
        log.append(Draft("undo", "dpo", target=found.event.id))
        assert log.dump() == before
    clock.sleep(1)  # a page that nobody read is found before the next day's first write
    with Log.open(str(home), clock) as log:
        log.rebuild()
        assert log.dump() == before
    assert sound(home)


def test_a_damaged_backup_is_passed_over_for_an_older_one(
    home: Path, clock: Clock
) -> None:
    before = live_three_days(home, clock)
    newest, older, _ = sorted((home / "backups").iterdir(), reverse=True)
    wreck(newest, "a page inside")
    wreck(home / "history.db", "overwritten")
    with Log.open(str(home), clock) as log:
        assert f"the backup of {older.stem}" in log.notices[0]
        assert log.dump() == before


def test_without_a_journal_the_backup_alone_is_what_comes_back(
    home: Path, clock: Clock
) -> None:
    live_three_days(home, clock)
    (home / "journal.jsonl").unlink()
    wreck(home / "history.db", "first page")
    with Log.open(str(home), clock) as log:
        assert "7 answers came back" in log.notices[0]
        assert len(list(log.events())) == 7
        assert len((home / "journal.jsonl").read_text().splitlines()) == 7


def test_two_damages_in_one_second_keep_both_files(home: Path, clock: Clock) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer())
    for _ in range(2):
        wreck(home / "history.db", "overwritten")
        with Log.open(str(home), clock) as log:
            assert log.state("dpo", "a").answers == 1
    assert len(list(home.glob("history.db.damaged-*"))) == 2


def test_another_process_follows_to_the_rebuilt_database(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as one:
        one.append(answer())
        wreck(home / "history.db", "overwritten")
        (home / "history.db-wal").unlink()
        with Log.open(str(home), clock) as two:
            two.append(answer())
            assert one.append(answer()).before.answers == 2
            assert one.seconds("dpo") == ({}, {})
            assert two.state("dpo", "a").answers == 3


OPENER = """
import sys, time
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
with Log.open(sys.argv[1], lambda: Moment(int(time.time() * 1000), 0)) as log:
    print(len(log.notices), log.append(Draft("answer", "dpo", "a", quality=4)).event.id)
"""


def test_of_processes_that_find_the_damage_at_once_one_rebuilds(
    home: Path, clock: Clock
) -> None:
    live_three_days(home, clock)
    wreck(home / "history.db", "overwritten")
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [opener.communicate(timeout=60) for opener in openers]
    assert [opener.returncode for opener in openers] == [0, 0, 0], said
    assert len(list(home.glob("history.db.damaged-*"))) == 1
    with Log.open(str(home), clock) as log:
        ids = {event.id for event in log.events()}
        assert len(ids) == 9 + 3
        assert {out.split()[1] for out, _ in said} <= ids


def test_what_only_the_journal_has_comes_back(home: Path, clock: Clock) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer())
    shutil.copy(home / "history.db", home / "old.db")
    with Log.open(str(home), clock) as log:
        log.append(answer("b"))
        before = log.dump()
    (home / "old.db").replace(home / "history.db")  # someone put a backup back
    with Log.open(str(home), clock) as log:
        assert log.notices == ["1 entry that only the journal had came back"]
        assert log.dump() == before


def test_a_database_of_a_newer_version_is_one_sentence_and_stays_untouched(
    home: Path, clock: Clock
) -> None:
    live_three_days(home, clock)
    db = sqlite3.connect(home / "history.db")
    db.execute(f"pragma user_version = {store.VERSION + 1}")
    db.close()
    before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
    newer = rf"newer drillbox \(version {store.VERSION + 1}.*nothing was touched"
    with pytest.raises(HistoryError, match=newer):
        Log.open(str(home), clock)
    assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before


def test_a_database_of_something_else_is_not_taken_over(
    home: Path, clock: Clock
) -> None:
    home.mkdir()
    db = sqlite3.connect(home / "history.db")
    db.execute("create table other (x)")
    db.close()
    with pytest.raises(HistoryError, match="is no record of answers"):
        Log.open(str(home), clock)
    with sqlite3.connect(home / "history.db") as db:
        assert db.execute("select name from sqlite_schema").fetchall() == [("other",)]
    db.close()


def test_tables_are_strict_and_writes_are_synchronous(log: Log) -> None:
    def look(db: sqlite3.Connection) -> tuple[Any, ...]:
        tables = db.execute("pragma table_list").fetchall()
        own = {t[1]: t[5] for t in tables if not t[1].startswith("sqlite_")}
        mode = db.execute("pragma journal_mode").fetchone()[0]
        return own, mode, db.execute("pragma synchronous").fetchone()[0]

    own, mode, synchronous = log.read(look)
    kept = {"waits", "parts", "changed", "counted"}
    assert set(own) == {"event", "schedule", "opened", "live", "alias", "meta"} | kept
    assert set(own.values()) == {1}
    assert (mode, synchronous) == ("wal", 2)


# -- backups


def test_the_first_write_of_a_study_day_makes_a_sound_backup(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as log:
        assert not (home / "backups").exists()
        log.append(answer("a"))
        log.append(answer("b"))
        path = backup.path_of(str(home / "backups"), log.today())
        backup.check(path)
        assert store.version_of(path) == store.VERSION
        with sqlite3.connect(path) as db:
            assert db.execute("select item from event").fetchall() == [("a",)]
        db.close()
        clock.sleep(1)
        log.append(answer("c"))
        assert len(list((home / "backups").iterdir())) == 2


def test_seven_days_then_twelve_weeks_of_backups_are_kept() -> None:
    made = list(range(739_000, 739_400))
    kept = backup.kept(made)
    assert set(range(739_393, 739_400)) <= kept and len(kept) == 7 + 12
    weeks = [(day - 1) // 7 for day in sorted(kept)[:12]]
    assert weeks == list(range(weeks[0], weeks[0] + 12))


@pytest.mark.parametrize("made", [[], [5], [1, 2, 3], list(range(1, 30, 4))])
def test_few_backups_are_all_kept(made: list[int]) -> None:
    assert backup.kept(made) == set(made)


def test_thinning_removes_what_is_old_and_what_was_left_half_done(
    tmp_path: Path,
) -> None:
    for day in range(739_900, 739_944):
        (tmp_path / f"{iso(day)}.db").touch()
    (tmp_path / "2099-01-01.db").touch()  # a clock that ran ahead
    (tmp_path / "notes.txt").touch()
    half = tmp_path / "2026-01-01.part-12"
    half.touch()
    os.utime(half, (0, 0))
    backup.thin(str(tmp_path), 739_943)
    left = {path.name for path in tmp_path.iterdir()}
    assert {"2099-01-01.db", "notes.txt", "2026-11-23.db", "2026-11-17.db"} <= left
    assert half.name not in left
    assert len(left) == 2 + 7 + 7  # seven days, and the seven weeks before them


def test_a_backup_that_cannot_be_made_is_a_notice_and_the_answer_counts(
    home: Path, clock: Clock
) -> None:
    home.mkdir()
    (home / "backups").write_text("a file is in the way")
    with Log.open(str(home), clock) as log:
        assert log.append(answer()).after.answers == 1
        assert "today's backup could not be made (File exists)" in log.notices[0]
        log.append(answer())
        assert len(log.notices) == 1


# -- the journal


def lines(home: Path) -> list[Any]:
    return [json.loads(x) for x in (home / "journal.jsonl").read_text().splitlines()]


def test_the_journal_is_the_export_in_the_order_of_writing(
    log: Log, home: Path, tmp_path: Path
) -> None:
    first = log.append(answer())
    log.append(Draft("undo", "dpo", "a", target=first.event.id))
    log.export(str(tmp_path / "out"))
    assert (home / "journal.jsonl").read_bytes() == (tmp_path / "out").read_bytes()


def test_merged_events_are_journalled_too(
    log: Log, home: Path, clock: Clock, tmp_path: Path
) -> None:
    with Log.open(str(tmp_path / "other"), clock) as other:
        ident = other.append(answer()).event.id
        other.export(str(tmp_path / "out"))
    log.merge(str(tmp_path / "out"))
    assert [e["id"] for e in lines(home)] == [ident]


def test_a_torn_last_line_is_left_and_the_journal_goes_on_below_it(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
        log.append(answer("b"))
    path = home / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-40])  # half of the last line
    with Log.open(str(home), clock) as log:
        assert log.notices == []
        log.append(answer("c"))
    whole, torn, again, last = path.read_bytes().splitlines()
    assert [json.loads(x)["item"] for x in (whole, again, last)] == ["a", "b", "c"]
    assert not torn.endswith(b"}}")
    wreck(home / "history.db", "overwritten")
    with Log.open(str(home), clock) as log:
        assert set(log.schedule("dpo")) == {"a", "b", "c"}


def test_a_journal_that_was_deleted_is_written_anew(home: Path, clock: Clock) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
        (home / "journal.jsonl").unlink()
        log.append(answer("b"))
    assert [e["item"] for e in lines(home)] == ["a", "b"]


def test_a_journal_with_a_strangers_last_line_still_gets_everything(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock) as log:
        log.append(answer("a"))
        with open(home / "journal.jsonl", "a") as file:
            file.write("not an event\n" * 9000)
        log.append(answer("b"))
        log.append(answer("c"))
    written = (home / "journal.jsonl").read_text().splitlines()
    events = [json.loads(x)["item"] for x in written if x != "not an event"]
    assert events == ["a", "b", "c"]


def test_a_journal_that_cannot_be_written_is_a_notice_and_is_made_up_for(
    home: Path, clock: Clock
) -> None:
    with Log.open(str(home), clock):
        (home / "journal.jsonl").unlink()
        (home / "journal.jsonl").mkdir()
    with Log.open(str(home), clock) as log:
        (notice,) = log.notices
        assert "the journal could not be written (Is a directory)" in notice
        assert log.append(answer("a")).after.answers == 1
        log.append(answer("b"))
        assert log.notices == [notice]  # said once
        (home / "journal.jsonl").rmdir()
        log.append(answer("c"))
    assert [e["item"] for e in lines(home)] == ["a", "b", "c"]
