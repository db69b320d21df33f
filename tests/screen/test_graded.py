"""The file is watched and graded, case by case, by processes that end with it."""

import os
from threading import Event
from typing import Any
from unittest.mock import patch

from drillbox.errors import GraderError
from drillbox.grader.report import NOT_RUN, Case
from drillbox.screen.cases import Cases
from tests import pictures
from tests.screen.desk import CODE, RIGHT, WRONG, attempts, look, save


async def test_a_save_is_graded_and_recorded(at_work) -> None:
    async with at_work() as seat:
        await look(seat)
        assert seat.grader.sources == []
        save(seat, CODE.format(n=1))
        await look(seat)
        assert seat.grader.sources == [CODE.format(n=1)]
        assert "✗ Not yet, 1 of 2 cases right" in seat.text
        assert "✓ right 1 pair" in seat.text
        assert "✗ wrong 2 pairs: loss: 1, expected 2" in seat.text
        assert attempts(seat) == [("check", None)]


async def test_what_comes_with_the_cases_is_shown_as_it_is(at_work) -> None:
    async with at_work() as seat:
        await seat.press("r")
        assert "Your results are consistent with" in seat.text
        await seat.press("pagedown")
        assert "first-loss" not in seat.text
        assert r"│ [bold]not markup[/bold] \x1b[31m" in seat.text
        assert "Sandbox: confined" in seat.text


async def test_a_verdict_is_in_the_window_below_hints_and_solution(at_work) -> None:
    async with at_work(size=(60, 16)) as seat:
        await seat.press("h", "h", "g", "y")
        assert "Not yet" not in seat.text
        await seat.press("r")
        assert "Not yet" in seat.text


async def test_the_failing_cases_stand_above_the_passed_ones(at_work) -> None:
    three = (*WRONG, Case("3 pairs", False, "loss: 1, expected 2"))
    async with at_work(three) as seat:
        await seat.press("r")
        text = seat.text
        assert "wrong 2 pairs: loss: 1, expected 2 ✗ wrong 3 pairs: the same" in text
        assert text.index("3 pairs") < text.index("✓ right 1 pair")


async def test_a_case_is_painted_before_the_next_one_is_judged(at_work) -> None:
    async with at_work(WRONG, size=(80, 40)) as seat:
        await seat.press("r")
        cases = seat.screen.query_one(Cases)
        cases.begin("Grading …")
        await seat.settle()
        assert "· … 2 pairs: loss: 1, expected 2 · … 1 pair" in seat.text
        cases.add(WRONG[0])
        await seat.settle()
        assert "· … 2 pairs: loss: 1, expected 2 ✓ right 1 pair" in seat.text
        cases.add(RIGHT[1])
        await seat.settle()
        assert "✓ right 1 pair ✓ right 2 pairs" in seat.text


async def test_what_does_not_parse_is_one_line_without_cases(at_work) -> None:
    stop = Case("1 pair", False, "line 1: this does not parse: invalid syntax")
    async with at_work((stop, Case("2 pairs", False, NOT_RUN))) as seat:
        await seat.press("r")
        assert "✗ Not yet: line 1: this does not parse: invalid syntax" in seat.text
        assert "pair" not in seat.text.partition("Write the DPO")[0]
        seat.grader.cases = (RIGHT[0], WRONG[1], Case("3 pairs", False, NOT_RUN))
        await seat.press("r")
        assert "✗ wrong 2 pairs: loss: 1, expected 2 ✓ right 1 pair" in seat.text
        assert "1 more case was not run" in seat.text


async def test_the_grader_starts_behind_the_reader(at_work) -> None:
    async with at_work() as seat:
        seat.screen.warming.join()
        assert seat.grader.warmed == "dpo-loss"


async def test_a_grader_that_does_not_start_is_said_and_may_be_tried_again(
    at_work,
) -> None:
    late = GraderError("torch cannot be imported here")
    with patch.object(pictures.FakeGrader, "warm", side_effect=late):
        async with at_work(RIGHT) as seat:
            seat.screen.warming.join()
            await seat.settle()
            assert "Not graded: torch cannot be imported here" in seat.text
            save(seat, CODE.format(n=1))
            await look(seat)
            assert "✓ Passed, quality 5" in seat.text


async def test_what_cannot_be_graded_is_said_and_not_recorded(at_work) -> None:
    async with at_work() as seat:

        def fail(*_: Any, **__: Any) -> None:
            raise GraderError("the reference worker did not answer")

        seat.grader.grade = fail
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "Not graded: the reference worker did not answer" in seat.text
        assert attempts(seat) == []
        assert "r grade" in seat.keys


async def test_a_file_that_is_gone_is_said(at_work) -> None:
    async with at_work() as seat:
        os.remove(seat.screen.file.path)
        await look(seat)
        await seat.press("r")
        assert "there is no file" in seat.text


async def test_leaving_ends_the_grader(at_work) -> None:
    async with at_work() as seat:
        await seat.press("q")
        assert seat.shown == "HomeScreen"
        assert seat.grader.closed


async def test_leaving_while_the_grader_starts_ends_it_once_it_has(at_work) -> None:
    begun, go_on = Event(), Event()
    told: list[str] = []

    def warm(grader: pictures.FakeGrader, exercise: object) -> None:
        begun.set()
        assert go_on.wait(30)
        told.append("started")

    def close(grader: pictures.FakeGrader) -> None:
        told.append("closed")
        go_on.set()

    with (
        patch.object(pictures.FakeGrader, "warm", warm),
        patch.object(pictures.FakeGrader, "close", close),
    ):
        async with at_work() as seat:
            screen = seat.screen
            assert begun.wait(30)
            await seat.hand.press("q")
            screen.warming.join(0.1)  # without the order kept, it has closed by now
            go_on.set()
            screen.clearing.join()
    assert told == ["started", "closed"]


async def test_the_real_grader_passes_the_right_loss(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        seat.app.open_exercise("dpo-loss")
        await seat.settle()
        save(
            seat,
            "import torch.nn.functional as F\n\n\n"
            "def dpo_loss(pw, pl, rw, rl, beta):\n"
            "    return -F.logsigmoid(beta * ((pw - rw) - (pl - rl))).mean()\n",
        )
        await look(seat)
        assert attempts(seat) == [("pass", 5)]
        assert "✓ Passed, quality 5" in seat.text
        assert "Sandbox:" in seat.text


async def test_a_save_does_not_take_a_question_away(at_work) -> None:
    async with at_work() as seat:
        await seat.press("g")
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "Show the solution?" in seat.text and "✗ Not yet" in seat.text
