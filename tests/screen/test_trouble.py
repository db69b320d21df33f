"""What goes wrong is said in one sentence, and nothing that was answered is lost."""

import pytest

from drillbox.domain.card import KINDS
from drillbox.domain.settings import Settings
from drillbox.errors import ContentError, HistoryError, Problem
from drillbox.screen.app import DrillApp, Wish, show

NUMERIC = 1 + sorted(KINDS).index("numeric")
FULL = "the disk is full: free some space"


def refuse(draft: object) -> None:
    raise HistoryError(FULL)


async def test_a_record_that_cannot_be_written_ends_the_app_with_its_sentence(
    sit_down, small, monkeypatch
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.answer()
        await seat.press("enter")
        _, log = seat.app.opened()
        monkeypatch.setattr(log, "append", refuse)
        await seat.answer()
        assert seat.app.return_code == 2
        assert seat.app.return_value == f"drillbox: {FULL}"
        assert [event.item for event in seat.events()] == ["pick"]


async def test_keys_after_the_failure_do_no_harm(sit_down, small, monkeypatch) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        _, log = seat.app.opened()
        monkeypatch.setattr(log, "append", refuse)
        seat.screen.answer({"options": [0]})
        seat.screen.answer({"options": [0]})
        await seat.settle()
        assert seat.app.return_value == f"drillbox: {FULL}"


async def test_a_drop_that_is_none_ends_the_app_with_its_sentence(
    sit_down, small
) -> None:
    async with sit_down(small, Wish(drop=9)) as seat:
        assert seat.app.return_code == 2
        assert "there is no drop 9" in (seat.app.return_value or "")


async def test_every_problem_of_a_course_is_said_on_leaving(home) -> None:
    problem = Problem("course.yaml", 3, 5, "title", "is missing", "write one")

    def broken(path: str | None) -> tuple[Settings, object]:
        raise ContentError("the course cannot be used: 1 problem", (problem,))

    app = DrillApp(Wish(), broken, lambda: None)  # type: ignore[arg-type]
    async with app.run_test() as hand:
        await app.workers.wait_for_complete()
        await hand.pause()
    assert app.return_code == 2
    assert app.return_value == (
        "course.yaml:3:5: title: is missing; write one\n"
        "drillbox: the course cannot be used: 1 problem"
    )


async def test_a_record_that_cannot_be_opened_is_said_on_leaving(home, small) -> None:
    def locked() -> object:
        raise HistoryError("history.db is held by another program")

    app = DrillApp(Wish(), lambda _: (Settings(), small), locked)  # type: ignore[arg-type]
    async with app.run_test() as hand:
        await app.workers.wait_for_complete()
        await hand.pause()
    assert app.return_value == "drillbox: history.db is held by another program"


def test_leaving_prints_the_sentence_and_returns_the_code(capsys) -> None:
    class Left(DrillApp):
        def run(self, *args: object, **more: object) -> str:
            self._return_code = 2
            return "drillbox: it went wrong"

    app = Left(Wish(), lambda _: None, lambda: None)  # type: ignore[arg-type]
    assert show(app) == 2
    assert capsys.readouterr().err == "drillbox: it went wrong\n"


@pytest.mark.parametrize("size", [(39, 30), (80, 11)])
async def test_a_terminal_that_is_too_small_says_so_and_comes_back(
    sit_down, small, size
) -> None:
    async with sit_down(small, Wish(drop=1)) as seat:
        await seat.resize(*size)
        assert "This terminal is too small" in seat.text
        await seat.press("1", "enter", "f1")
        assert seat.events() == []
        await seat.resize(80, 30)
        assert seat.shown == "AskScreen"
        await seat.answer()
        assert len(seat.events()) == 1


async def test_a_terminal_that_is_too_small_from_the_start_waits_to_grow(
    sit_down, small
) -> None:
    async with sit_down(small, Wish(drop=1), size=(30, 8)) as seat:
        assert "too small" in seat.text
        await seat.resize(60, 20)
        assert seat.shown == "AskScreen"


async def test_forty_columns_by_twelve_lines_are_enough(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(40, 12)) as seat:
        assert "start today's session" in seat.text
        assert "› →  1" in "\n".join(seat.lines)
        await seat.press("enter")
        await seat.read()
        await seat.answer()
        assert "✓ Right" in seat.text


async def test_two_hundred_columns_do_not_stretch_the_text(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(200, 50)) as seat:
        await seat.press("enter")
        assert max(map(len, seat.lines)) <= 92


async def test_without_colours_nothing_is_lost(sit_down, small, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit_down(small, Wish(drop=1)) as seat:
        from tests import pictures

        await seat.answer(well=False)
        assert "✗ Wrong" in seat.text
        colours = {colour for pair in pictures.painted(seat.app) for colour in pair[:2]}
        assert all(max(c) - min(c) <= 8 for c in colours), colours


async def test_ctrl_c_ends_nothing_and_says_what_does(sit_down, kinds) -> None:
    async with sit_down(kinds, Wish(drop=NUMERIC)) as seat:
        await seat.press("ctrl+c")
        (said,) = seat.app._notifications
        assert said.message == "Ctrl+Q ends drillbox; every answer is kept."
        assert seat.shown == "AskScreen"
