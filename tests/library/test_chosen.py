"""The course chosen last is opened at the next start; one that is gone is said."""

import os
import shutil
from pathlib import Path

import pytest

from drillbox import places
from drillbox.cli.opening import open_last
from drillbox.errors import DrillboxError
from drillbox.library import chosen
from tests.conftest import COURSES


@pytest.fixture
def added(home: Path) -> Path:
    """The small course in the library, and chosen."""
    there = home / "courses" / "small"
    shutil.copytree(COURSES / "small", there)
    chosen.remember(str(there))
    return there


def test_nothing_is_remembered_before_something_was_chosen(home: Path) -> None:
    assert chosen.course() is None
    chosen.remember(None)
    assert not home.exists()


def test_what_was_chosen_is_opened_until_the_shipped_course_is(added: Path) -> None:
    assert chosen.course() == str(added)
    said: list[str] = []
    assert open_last(said.append).id == "small"
    chosen.remember(None)
    assert open_last(said.append).id == "dpo"
    assert said == [] and not os.path.exists(places.chosen_course())


def test_a_home_that_is_moved_keeps_the_choice(
    added: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = home.with_name("moved")
    home.rename(moved)
    monkeypatch.setenv("DRILLBOX_HOME", str(moved))
    assert chosen.course() == str(moved / "courses" / "small")


def test_a_course_that_is_gone_is_said_once_and_the_shipped_one_opened(
    added: Path,
) -> None:
    shutil.rmtree(added)
    said: list[str] = []
    assert open_last(said.append).id == "dpo"
    assert said == [
        f"the course chosen last, small, is no longer in {places.courses()}; this is "
        "the shipped one"
    ]
    open_last(said.append)
    assert len(said) == 1


def test_a_course_that_cannot_be_used_is_said_until_it_can(added: Path) -> None:
    course = added / "course.yaml"
    text = course.read_text(encoding="utf-8")
    course.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    said: list[str] = []
    for _ in range(2):
        assert open_last(said.append).id == "dpo"
    assert len(said) == 2 and "title: is missing" in said[0]
    course.write_text(text, encoding="utf-8")
    assert open_last(said.append).id == "small"


@pytest.mark.parametrize("spoiled", [b"", b"\xff\xfe", b"../small\n", b".\n", b"a/b"])
def test_a_spoiled_file_says_nothing(home: Path, spoiled: bytes) -> None:
    home.mkdir()
    Path(places.chosen_course()).write_bytes(spoiled)
    assert chosen.course() is None


def test_what_cannot_be_kept_is_one_sentence(home: Path) -> None:
    home.write_text("a file where the home should be")
    with pytest.raises(DrillboxError, match="cannot be written"):
        chosen.remember("/courses/small")
