"""The count for the shell prompt."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment, iso
from drillbox.domain.studyday import study_day as by_the_domain
from drillbox.history import due, store
from drillbox.history.log import Log

Clock = Any
ALLOWED = {  # beside what Python starts with
    "drillbox",
    "drillbox.__main__",
    "drillbox.history",
    "drillbox.history.due",
    "drillbox.places",
    "drillbox.words",
    "fcntl",
    "time",
    "_sqlite3",  # and what it needs for functools.lru_cache:
    "functools",
    "_functools",
    "collections",
    "_collections",
    "itertools",
    "keyword",
    "operator",
    "_operator",
    "reprlib",
    "types",
}


@pytest.fixture
def today() -> int:
    """The study day of the machine's own clock, which `due` reads."""
    now = time.time()
    return due.study_day(now, time.localtime(now).tm_gmtoff)


def answer(item: str, quality: int = 4, **body: object) -> Draft:
    return Draft("answer", "dpo", item, quality=quality, body=body)


def live(*items: str, mark: str = "f") -> dict[str, tuple[tuple[str, ...], str]]:
    return dict.fromkeys(items, ((), mark))


def counted(log: Log, home: Path) -> dict[str, int]:
    return due.count(str(home / "history.db"), log.today())[0]


# -- what is due


def test_a_card_is_due_from_its_day_on_and_is_forgotten_by_nobody(
    log: Log, home: Path, clock: Clock
) -> None:
    log.set_live("dpo", live("a", "b", "never seen"))
    log.append_all([answer("a"), answer("b", 1)])
    found = []
    for _ in range(3):
        found.append(counted(log, home))
        clock.sleep(1)
    assert found == [{}, {"dpo": 2}, {"dpo": 2}]


def test_deleted_and_suspended_cards_are_not_counted(
    log: Log, home: Path, clock: Clock
) -> None:
    log.set_live("dpo", live("a", "b", "c"))
    log.append_all([answer(item) for item in "abc"])
    log.append(Draft("suspend", "dpo", "a"))
    clock.sleep(1)
    assert counted(log, home) == {"dpo": 2}
    log.set_live("dpo", live("a", "b"))
    assert counted(log, home) == {"dpo": 1}
    log.append(Draft("resume", "dpo", "a"))
    assert counted(log, home) == {"dpo": 2}


def test_a_brought_card_is_due_on_that_study_day_only_until_it_is_answered(
    log: Log, home: Path, clock: Clock
) -> None:
    log.set_live("dpo", live("a", "b"))
    log.append(Draft("bring", "dpo", body={"items": ["a", "b"], "cause": "diagnosis"}))
    assert counted(log, home) == {"dpo": 2}
    log.append(answer("a"))
    assert counted(log, home) == {"dpo": 1}
    clock.sleep(1)
    assert counted(log, home) == {"dpo": 1}  # a, which is due; b is no longer brought


def test_a_changed_answer_makes_a_card_due_once(
    log: Log, home: Path, clock: Clock
) -> None:
    log.set_live("dpo", live("a", "b"))
    log.append_all([answer("a", fingerprint="f"), answer("b")])
    assert counted(log, home) == {}
    log.set_live("dpo", live("a", "b", mark="g"))
    assert counted(log, home) == {"dpo": 1}  # b never had a mark to compare with
    log.append(answer("a", fingerprint="g"))
    assert counted(log, home) == {}


def test_the_next_day_is_the_first_after_today_with_a_live_card(
    log: Log, home: Path, clock: Clock
) -> None:
    log.set_live("dpo", live("a"))
    log.append(answer("gone"))
    assert due.count(str(home / "history.db"), log.today()) == ({}, None)
    log.append(answer("a"))
    tomorrow = log.today() + 1
    assert due.count(str(home / "history.db"), log.today()) == ({}, tomorrow)
    assert due.count(str(home / "history.db"), tomorrow) == ({"dpo": 1}, None)


@given(st.integers(0, 2**42), st.integers(-14 * 60, 14 * 60))
def test_it_knows_the_same_study_day_as_the_domain(ms: int, offset_min: int) -> None:
    expected = by_the_domain(Moment(ms, offset_min))
    assert due.study_day(ms / 1000, offset_min * 60) == expected
    assert due._iso(expected) == iso(expected)


def test_it_knows_the_same_version_as_the_store() -> None:
    assert due.VERSION == store.VERSION


# -- what it says


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "drillbox", "due", *arguments],
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def fill(home: Path, today: int, *dues: int) -> None:
    """Cards due so many days from today; one review a day before."""
    for k, ahead in enumerate(dues):
        moment = datetime.fromordinal(today + ahead - 1).replace(tzinfo=UTC)
        ms = int((moment + timedelta(hours=12)).timestamp() * 1000)
        with Log.open(str(home), lambda ms=ms: Moment(ms, 0)) as log:
            log.set_live("dpo", live(*(f"card-{n}" for n in range(len(dues)))))
            log.append(answer(f"card-{k}", fingerprint="f"))


@pytest.mark.parametrize(
    ("dues", "words"),
    [
        ((), "nothing due\n"),
        ((0,), "1 card due\n"),
        ((0, -4, 1), "2 cards due\n"),
        ((3, 2), "nothing due; next card on {}\n"),
    ],
)
def test_it_says_how_many_in_plain_words(
    home: Path, today: int, dues: tuple[int, ...], words: str
) -> None:
    fill(home, today, *dues)
    assert run() == (0, words.format(iso(today + 2)), "")


@pytest.mark.parametrize(
    ("dues", "expected"),
    [((), (0, {}, None)), ((0, 0, 5), (2, {"dpo": 2}, 5)), ((2,), (0, {}, 2))],
)
def test_json_has_the_count_the_courses_and_the_next_day(
    home: Path, today: int, dues: tuple[int, ...], expected: Any
) -> None:
    fill(home, today, *dues)
    code, out, err = run("--json")
    count, courses, later = expected
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "due": count,
        "today": iso(today),
        "courses": courses,
        "next": None if later is None else iso(today + later),
    }


@pytest.mark.parametrize(("dues", "code"), [((), 1), ((1,), 1), ((0,), 0)])
def test_quiet_says_nothing_but_the_exit_code(
    home: Path, today: int, dues: tuple[int, ...], code: int
) -> None:
    fill(home, today, *dues)
    assert run("--quiet") == (code, "", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--jsn"], "drillbox: due takes --json or --quiet, not '--jsn'\n"),
        (["extra"], "drillbox: due takes --json or --quiet, not 'extra'\n"),
        (["--json", "--quiet"], "drillbox: due takes --json or --quiet, not both\n"),
    ],
)
def test_a_bad_option_is_one_sentence(
    home: Path, arguments: list[str], sentence: str
) -> None:
    assert run(*arguments) == (2, "", sentence)


def test_help_shows_examples(home: Path) -> None:
    code, out, _ = run("--help")
    assert code == 0 and "drillbox due --json" in out


# -- it only looks


def tree(path: Path) -> dict[str, bytes | None]:
    files = path.rglob("*")
    return {str(p): p.read_bytes() if p.is_file() else None for p in files}


def test_without_a_record_nothing_is_due_and_nothing_is_made(home: Path) -> None:
    assert run() == (0, "nothing due\n", "")
    assert not home.exists()


def test_a_closed_record_is_read_and_left_as_it_is(home: Path, today: int) -> None:
    fill(home, today, 0)
    before = tree(home)
    assert not (home / "history.db-shm").exists()
    assert run()[1] == "1 card due\n"
    assert tree(home) == before


def test_an_open_record_is_read_with_its_latest_answers(home: Path, today: int) -> None:
    fill(home, today, 0, 0)
    with Log.open(str(home), lambda: Moment(int(time.time() * 1000), 0)) as log:
        log.append(Draft("suspend", "dpo", "card-0"))
        assert run()[1] == "1 card due\n"
        assert log.append(Draft("suspend", "dpo", "card-1")).after.suspended
        assert run()[1] == "nothing due\n"


def test_a_log_without_its_index_file_is_read_and_nothing_is_made(
    home: Path, today: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home, today, 0)
    copy = tmp_path / "with # and ? and %"
    copy.mkdir()
    with Log.open(str(home), lambda: Moment(int(time.time() * 1000), 0)) as log:
        log.append(Draft("suspend", "dpo", "card-0"))
        for name in ("history.db", "history.db-wal"):
            shutil.copy(home / name, copy / name)
    before = tree(copy)
    assert (copy / "history.db-wal").stat().st_size > 0
    monkeypatch.setenv("DRILLBOX_HOME", str(copy))
    assert run()[1] == "nothing due\n"
    assert tree(copy) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"this is no database" * 99, "is damaged; `drillbox` rebuilds it"),
     (b"", None)],
)  # fmt: skip
def test_a_damaged_record_is_one_sentence(
    home: Path, content: bytes, words: str | None
) -> None:
    home.mkdir()
    (home / "history.db").write_bytes(content)
    code, out, err = run()
    if words is None:
        assert (code, out, err) == (0, "nothing due\n", "")
    else:
        assert (code, out) == (2, "") and words in err and err.count("\n") == 1
        assert run("--quiet")[0] == 2


def test_a_record_that_is_no_file_is_one_sentence(home: Path) -> None:
    (home / "history.db").mkdir(parents=True)
    code, out, err = run()
    assert (code, out) == (2, "") and err.count("\n") == 1
    assert f"{home / 'history.db'} is a directory; move it elsewhere" in err


def test_a_home_that_is_no_directory_is_one_sentence(home: Path) -> None:
    home.write_text("")
    code, out, err = run()
    assert (code, out) == (2, "") and err.count("\n") == 1 and "[Errno" not in err
    assert "Not a directory" in err and "DRILLBOX_HOME" in err


def test_a_record_of_a_newer_version_is_one_sentence(home: Path, today: int) -> None:
    fill(home, today, 0)
    db = sqlite3.connect(home / "history.db")
    db.execute(f"pragma user_version = {store.VERSION + 1}")
    db.close()
    code, out, err = run()
    assert (code, out) == (2, "") and "written by a newer drillbox" in err


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_record_that_another_program_holds_is_one_sentence(
    home: Path, today: int, mode: str
) -> None:
    fill(home, today, 0)
    db = sqlite3.connect(home / "history.db", isolation_level=None)
    db.execute("pragma locking_mode = exclusive")
    db.execute(f"pragma journal_mode = {mode}")
    db.execute("begin exclusive")
    db.execute("insert into live values ('dpo', 'held', '', '')")
    if mode == "wal":
        db.execute("commit")
    code, out, err = run()
    db.close()
    assert (code, out) == (2, "") and "is held by another program" in err
    assert run()[1] == "1 card due\n"


# -- what it imports


def imported(home: Path, *arguments: str) -> set[str]:
    """Every module that the call imported beyond what Python itself starts with."""
    code = f"import sys; sys.argv[1:] = {list(arguments)!r}\n"
    code += "before = set(sys.modules)\nfrom drillbox.__main__ import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["due"], ["due", "--json"], ["due", "--quiet"]])
def test_due_imports_the_standard_library_alone_and_little_of_it(
    home: Path, today: int, arguments: list[str]
) -> None:
    fill(home, today, 0)
    found = imported(home, *arguments)
    assert "drillbox.history.due" in found
    assert found <= ALLOWED


def test_the_version_imports_nothing_but_the_package(home: Path) -> None:
    assert imported(home, "--version") <= {"drillbox", "drillbox.__main__"}


def test_the_reader_may_close_the_pipe_early(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "drillbox", "due"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("words", [["due"], ["--version"]])
def test_a_full_output_is_one_sentence(home: Path, words: list[str]) -> None:
    command = [sys.executable, "-m", "drillbox", *words]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        "drillbox: the output cannot be written: No space left on device\n"
    )
