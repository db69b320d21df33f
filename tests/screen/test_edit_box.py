"""The box to write code in: nothing typed is lost, nothing on disk is overwritten."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.screen.desk import look


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def code(seat) -> TextArea:
    return seat.screen.query_one(TextArea)


async def test_what_is_saved_stands_in_the_file_and_is_graded(at_work) -> None:
    async with at_work() as seat:
        path = Path(seat.screen.file.path)
        await seat.press("e", *"x=1", "enter", "tab", *"y", "ctrl+s")
        assert seat.shown == "ExerciseScreen"
        assert path.read_text().startswith("x=1\n    y")
        await look(seat)
        assert seat.grader.sources == [path.read_text()]


async def test_what_is_not_saved_is_there_when_one_returns(at_work) -> None:
    async with at_work() as seat:
        before = Path(seat.screen.file.path).read_text()
        await seat.press("e", *"abc", "escape")
        assert "What you wrote is not saved" in seat.text
        assert Path(seat.screen.file.path).read_text() == before
        await seat.press("e")
        assert code(seat).text == "abc" + before


async def test_leaving_with_unsaved_code_is_asked_about_once(at_work) -> None:
    async with at_work() as seat:
        await seat.press("e", "a", "escape", "q")
        assert seat.shown == "ExerciseScreen" and "q again drops it" in seat.text
        await seat.press("q")
        assert seat.shown != "ExerciseScreen"


async def test_nothing_written_leaves_at_once(at_work) -> None:
    async with at_work() as seat:
        await seat.press("e", "escape", "q")
        assert seat.shown != "ExerciseScreen"


async def test_a_file_changed_elsewhere_is_replaced_only_when_asked_twice(
    at_work,
) -> None:
    async with at_work() as seat:
        path = Path(seat.screen.file.path)
        await seat.press("e", "a")
        path.write_text("from another editor\n")
        await seat.press("ctrl+s")
        assert "changed elsewhere" in seat.text
        assert path.read_text() == "from another editor\n"
        await seat.press("ctrl+s")
        assert path.read_text().startswith("a")


async def test_a_file_that_cannot_be_written_is_said(at_work, monkeypatch) -> None:
    async with at_work() as seat:
        await seat.press("e", "a")
        monkeypatch.setattr("os.replace", refuse)
        await seat.press("ctrl+s")
        assert "cannot write" in seat.text and seat.shown == "EditBox"


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")
