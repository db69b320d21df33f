"""The library: the shipped course first, then the added ones, each by its cover."""

import shutil
from pathlib import Path

from drillbox import places
from drillbox.library.shelf import others, shelf
from tests.conftest import COURSES


def test_with_nothing_added_there_is_the_shipped_course(home: Path) -> None:
    (only,) = shelf()
    assert (only.path, only.id, only.trouble) == (None, "dpo", "")
    assert not others(places.shipped_course())
    assert others(str(COURSES / "small"))


def test_added_courses_follow_and_a_broken_one_says_why(home: Path) -> None:
    there = home / "courses"
    shutil.copytree(COURSES / "small", there / "small")
    (there / "broken").mkdir()
    (there / ".coming").mkdir()  # being copied
    (there / "notes.txt").write_text("no course", encoding="utf-8")
    _, broken, small = shelf()
    assert (broken.id, broken.path) == ("broken", str(there / "broken"))
    assert "course.yaml" in broken.trouble and "cannot be read" in broken.trouble
    assert (small.id, small.title) == ("small", "A small course")
    assert small.path == str(there / "small")
    assert others(places.shipped_course()) and others(str(there / "small"))
