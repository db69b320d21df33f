"""The cache saves parsing and is never the truth."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.domain.course import Course
from drillbox.library import load, yaml12
from drillbox.library.load import load_course

SMALL = Path(__file__).parents[1] / "courses" / "small"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


@pytest.fixture
def cache(tmp_path: Path) -> str:
    """Where the cache goes; its directory is not there yet."""
    return str(tmp_path / "home" / "cache.db")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that were parsed, as they are."""
    names: list[str] = []
    original = yaml12.read

    def read(raw: bytes, file: str) -> yaml12.Document:
        names.append(os.path.basename(file))
        return original(raw, file)

    monkeypatch.setattr(yaml12, "read", read)
    yield names


def loaded(course: Path, cache: str) -> Course:
    found = load_course(str(course), cache)
    assert found.course is not None, found.problems
    return found.course


def edit(course: Path, old: str, new: str) -> None:
    path = course / "drops" / "01-first.yaml"
    path.write_text(path.read_text().replace(old, new))


def test_a_second_load_parses_nothing_and_gives_the_same_course(
    course: Path, cache: str, parsed: list[str]
) -> None:
    first = loaded(course, cache)
    assert parsed == ["course.yaml", "01-first.yaml"]
    assert loaded(course, cache) == first
    assert len(parsed) == 2
    assert [i.line for i in first.items.values()] == [10, 19, 25, 30]


def test_only_the_file_that_changed_is_parsed_again(
    course: Path, cache: str, parsed: list[str]
) -> None:
    loaded(course, cache)
    edit(course, "Which one?", "Which?")
    assert loaded(course, cache).items["pick"].card.prompt == "Which?"
    assert parsed[2:] == ["01-first.yaml"]


def test_a_file_of_the_same_length_and_time_is_known_to_have_changed(
    course: Path, cache: str
) -> None:
    loaded(course, cache)
    path = course / "drops" / "01-first.yaml"
    before = path.stat()
    edit(course, "Which one?", "Which two?")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert loaded(course, cache).items["pick"].card.prompt == "Which two?"


def test_a_file_with_a_problem_is_not_kept_and_its_problem_comes_every_time(
    course: Path, cache: str
) -> None:
    edit(course, "right: true", "rigt: true")
    first, second = (load_course(str(course), cache) for _ in range(2))
    assert first == second and first.course is None and first.problems


def test_a_problem_between_files_is_found_from_the_cache_with_its_place(
    course: Path, cache: str, parsed: list[str]
) -> None:
    other = course / "drops" / "02-second.yaml"
    text = (course / "drops" / "01-first.yaml").read_text()
    text = text.replace("drop: 1", "drop: 2").replace("first-drop", "second-drop")
    other.write_text(text)
    first, second = (load_course(str(course), cache) for _ in range(2))
    assert first == second and len(first.problems) == 4
    assert str(first.problems[0]).startswith(f"{other}:10:9: cards[1].id: `pick` is")


def test_a_deleted_file_leaves_course_and_cache(course: Path, cache: str) -> None:
    (course / "glossary.yaml").write_text("- {term: t, meaning: m}\n")
    assert loaded(course, cache).glossary
    (course / "glossary.yaml").unlink()
    assert not loaded(course, cache).glossary
    with sqlite3.connect(cache) as connection:
        rows = connection.execute("SELECT name FROM file_1").fetchall()
    connection.close()
    assert {name for (name,) in rows} == {"course.yaml", "drops/01-first.yaml"}


def test_two_courses_share_a_cache_and_not_their_entries(
    course: Path, cache: str, tmp_path: Path, parsed: list[str]
) -> None:
    other = Path(shutil.copytree(course, tmp_path / "other"))
    edit(other, "Which one?", "Another?")
    for _ in range(2):
        assert loaded(course, cache).items["pick"].card.prompt == "Which one?"
        assert loaded(other, cache).items["pick"].card.prompt == "Another?"
    assert len(parsed) == 4


def test_another_version_of_the_program_parses_again(
    course: Path, cache: str, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(course, cache)
    monkeypatch.setattr("drillbox.library.cache.FORM", "0.0.0")
    loaded(course, cache)
    loaded(course, cache)
    assert len(parsed) == 4


@pytest.mark.parametrize(
    "ruin",
    [
        b"",
        b"this is no database, but it is long enough to be taken for one" * 40,
        b"SQLite format 3\0" + b"\xff" * 4000,
    ],
    ids=["empty", "no database", "torn"],
)
def test_a_corrupt_cache_is_made_again(
    course: Path, cache: str, ruin: bytes, parsed: list[str]
) -> None:
    first = loaded(course, cache)
    Path(cache).write_bytes(ruin)
    assert loaded(course, cache) == first
    assert loaded(course, cache) == first
    assert len(parsed) == 4


def test_a_cache_cut_off_anywhere_is_never_an_error(course: Path, cache: str) -> None:
    first = loaded(course, cache)
    whole = Path(cache).read_bytes()
    for size in range(0, len(whole), len(whole) // 12):
        Path(cache).write_bytes(whole[:size])
        assert loaded(course, cache) == first


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE file_1 SET body = x'00'",
        "UPDATE file_1 SET lines = 'x', crc = 0",
        "UPDATE file_1 SET body = 'text'",
        "ALTER TABLE file_1 RENAME COLUMN body TO other",
    ],
)
def test_an_entry_that_was_tampered_with_is_not_believed(
    course: Path, cache: str, change: str
) -> None:
    first = loaded(course, cache)
    connection = sqlite3.connect(cache)
    connection.execute(change)
    connection.commit()
    connection.close()
    assert loaded(course, cache) == first


def test_an_entry_that_no_longer_fits_the_models_is_parsed_again(
    course: Path, cache: str, parsed: list[str]
) -> None:
    from drillbox.library.cache import keep, recall

    first = loaded(course, cache)
    entries = recall(cache, str(course))
    old = {name: entry._replace(body=b'{"id": 1}') for name, entry in entries.items()}
    keep(cache, str(course), old, set(old))
    assert loaded(course, cache) == first
    assert len(parsed) == 4


def test_a_locked_cache_is_done_without(course: Path, cache: str) -> None:
    first = loaded(course, cache)
    edit(course, "Which one?", "Which?")
    connection = sqlite3.connect(cache, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert loaded(course, cache).items["sum"] == first.items["sum"]
    connection.close()


@pytest.mark.parametrize("place", ["file/cache.db", "directory.db"])
def test_a_cache_that_cannot_be_written_is_done_without(
    course: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "directory.db").mkdir()
    assert loaded(course, str(tmp_path / place)).id == "small"


def test_content_files_are_never_written(course: Path, cache: str) -> None:
    def contents() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in sorted(course.rglob("*")) if p.is_file()}

    before = contents()
    loaded(course, cache)
    loaded(course, cache)
    assert contents() == before


def test_collection_of_cycles_is_as_it_was_after_loading(
    course: Path, cache: str
) -> None:
    import gc

    assert gc.isenabled()
    loaded(course, cache)
    assert gc.isenabled()
    gc.disable()
    try:
        loaded(course, cache)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_cache_is_asked_only_if_there_is_a_course(
    tmp_path: Path, cache: str
) -> None:
    assert load.load_course(str(tmp_path), cache).course is None
    assert not os.path.exists(cache)
