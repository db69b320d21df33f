"""Reading a course: every problem at once, each with its place and the way out."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.library.load import load_course
from drillbox.library.yaml12 import read

SMALL = Path(__file__).parents[1] / "courses" / "small"
TABLE = Path(__file__).with_name("broken.yaml")
BROKEN = yaml.safe_load(TABLE.read_text(encoding="utf-8"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the small course that a test may break."""
    return Path(shutil.copytree(SMALL, tmp_path / "course"))


def said(course: Path, cache: str | None = None) -> list[str]:
    loaded = load_course(str(course), cache)
    assert (loaded.course is None) == bool(loaded.problems)
    return [str(one).replace(f"{course}/", "") for one in loaded.problems]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("row", BROKEN, ids=lambda row: row["new"].strip()[:30])
def test_what_is_wrong_is_said_with_its_place_and_the_way_out(
    course: Path, row: dict[str, Any]
) -> None:
    replace(course / row["file"], row["old"], row["new"])
    assert said(course) == row["said"]


def test_every_problem_is_said_at_once(course: Path) -> None:
    replace(course / "course.yaml", "days: 2", "days: two")
    replace(course / "drops/01-first.yaml", "answer: a + b", "answer: a +")
    replace(course / "drops/01-first.yaml", "id: tell", "id: pick")
    assert len(said(course)) == 3


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("1e-3", 0.001),
        ("no", "no"),
        ("on", "on"),
        ("012", 12),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2024-01-05", "2024-01-05"),
        ("~", None),
        ("null", None),
        ("true", True),
        (".5", 0.5),
        ("1E3", 1000.0),
        ("-3", -3),
        ("''", ""),
        ("0x1F", 31),
        ("0o17", 15),
    ],
)
def test_words_mean_what_yaml_1_2_says(plain: str, value: object) -> None:
    document = read(f"key: {plain}\n".encode(), "f.yaml")
    assert document.problems == ()
    assert document.value == {"key": value}
    assert type(document.value["key"]) is type(value)


def test_a_duplicate_key_names_both_lines() -> None:
    (problem,) = read(b"a: 1\nb: 2\na: 3\n", "f.yaml").problems
    assert str(problem).startswith("f.yaml:3:1: a: this field stands on line 1")


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10)}]" for k in range(1, 12)]
    document = read("\n".join(lines).encode(), "f.yaml")
    assert document.problems and "f.yaml:" in str(document.problems[0])


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        (r'"\theta"', True),
        (r'"\beta"', True),
        (r'"\nabla"', True),
        (r'"a\nb"', True),
        (r'"a\n b"', False),
        (r'"a\n"', False),
        (r'"a\t1"', False),
        (r'"a\"b"', False),
        (r"'\theta'", False),
        (r"\theta", False),
    ],
)
def test_backslashes_in_double_quotes(source: str, refused: bool) -> None:
    document = read(f"key: {source}\n".encode(), "f.yaml")
    assert bool(document.problems) is refused
    if refused:
        assert "single quotes" in str(document.problems[0])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda c: shutil.rmtree(c), "course"),
        (lambda c: shutil.rmtree(c / "drops"), "drops"),
        (lambda c: (c / "course.yaml").unlink(), "course.yaml"),
        (lambda c: (c / "course.yaml").write_text(""), "course.yaml:1:1"),
        (lambda c: (c / "drops/01-first.yaml").write_text("[]"), "01-first.yaml:1:1"),
        (lambda c: (c / "course.yaml").write_bytes(b"id: \xff\n"), "course.yaml:1:5"),
        (lambda c: (c / "drops/01-first.yaml").rename(c / "drops/x.yml"), "x.yml"),
    ],
    ids=["gone", "no drops", "no head", "empty", "a list", "not UTF-8", "misnamed"],
)
def test_a_course_that_is_none_says_why(course: Path, make: Any, sentence: str) -> None:
    make(course)
    lines = said(course)
    assert sentence in "\n".join(lines)


def test_a_pipe_where_a_file_belongs_does_not_hang(course: Path) -> None:
    (course / "glossary.yaml").unlink(missing_ok=True)
    os.mkfifo(course / "glossary.yaml")
    assert "cannot be read" in said(course)[0]


# -- the cache: faster, and never the truth


def test_a_warm_load_gives_the_same_course(course: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "cache.db")
    cold = load_course(str(course), cache).course
    assert os.path.exists(cache)
    assert load_course(str(course), cache).course == cold


def test_a_change_is_seen_through_the_cache(course: Path, tmp_path: Path) -> None:
    cache = str(tmp_path / "cache.db")
    load_course(str(course), cache)
    replace(course / "drops/01-first.yaml", "Which one?", "Which one now?")
    loaded = load_course(str(course), cache).course
    assert loaded is not None
    assert loaded.items["pick"].card.prompt == "Which one now?"


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00 torn"])
def test_a_damaged_cache_is_ignored_and_made_again(
    course: Path, tmp_path: Path, damage: bytes
) -> None:
    cache = tmp_path / "cache.db"
    cache.write_bytes(damage)
    assert load_course(str(course), str(cache)).course is not None
    assert load_course(str(course), str(cache)).course is not None


def test_a_cache_that_cannot_be_written_is_no_error(course: Path) -> None:
    assert load_course(str(course), "/proc/no/cache.db").course is not None


def test_content_is_never_written(course: Path, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in course.rglob("*") if p.is_file()}
    load_course(str(course), str(tmp_path / "cache.db"))
    assert {p: p.read_bytes() for p in course.rglob("*") if p.is_file()} == before


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=400) | st.binary(max_size=400))
def test_whatever_a_file_holds_only_problems_come_of_it(text: str | bytes) -> None:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    document = read(raw, "f.yaml")
    assert all(one.line >= 1 and one.column >= 1 for one in document.problems)
