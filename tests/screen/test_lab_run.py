"""The screen of a run that is asked about as a whole."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Event
from typing import Any

import pytest

from drillbox.errors import HistoryError
from drillbox.lab.begin import find, general_runs
from drillbox.lab.document import shipped
from drillbox.lab.run import LabError
from drillbox.screen.answers import Line
from drillbox.screen.lab_run import LabRunScreen

# below 1e-8, β log Z, down, up: the last one wrong
STOPPED, SHOWN = 1, "closed form: "  # the last record before it, and its line
KEYS = ["1", "9", "1", "8", "2", "7", "2", "0"]
NUMBER = ["1", "9", *"0.3", "enter", "9", "3", "9", "2", "9"]


def replayed(run: Any) -> Iterator[dict[str, Any]]:
    yield from shipped(run.id)
    yield {"type": "end", "seconds": 1.0}


@pytest.fixture
def at_lab(sit_down, scenes) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """The screen over the shipped record."""

    @asynccontextmanager
    async def open_screen(
        start: Any = replayed, name: str = "tabular"
    ) -> AsyncIterator[Any]:
        async with sit_down(scenes, size=(80, 40)) as seat:
            course, log = seat.app.opened()
            run = find(name)
            assert run is not None
            screen = LabRunScreen(run, course, log, start)
            await seat.app.push_screen(screen, seat.app.returned)
            await seat.settle()
            yield seat

    return open_screen


async def test_nothing_runs_before_everything_is_predicted_and_recorded(at_lab) -> None:
    begun: list[int] = []

    def start(run: Any) -> Iterator[dict[str, Any]]:
        begun.append(len(seat.events("predict")))
        return replayed(run)

    async with at_lab(start) as seat:
        assert "A world with five answers" in seat.text
        await seat.press("enter", *KEYS[:-1])
        assert begun == [] and seat.events("predict") == []
        await seat.press(KEYS[-1])
        assert begun == [1]
        (event,) = seat.events("predict")
        assert event.item == "tabular"
        assert event.body["predictions"] == {
            "gap": {"answer": "below 1e-8", "confidence": 0.9},
            "objective": {"answer": "β log Z", "confidence": 0.8},
            "own": {"answer": "down", "confidence": 0.7},
            "shared": {"answer": "down", "confidence": 1.0},
        }


async def test_what_was_said_is_taken_back_answer_by_answer(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter")
        assert "⌫" not in seat.keys
        await seat.press(*KEYS[:3])
        assert "⌫ take back" in seat.keys
        await seat.press("backspace")
        assert len(seat.screen.said) == 1 and "How sure" not in seat.text
        await seat.press("backspace")
        assert seat.screen.said == {} and "⌫" not in seat.keys
        await seat.press(*KEYS)
        (event,) = seat.events("predict")
        assert event.body["predictions"]["gap"]["answer"] == "below 1e-8"


async def test_a_typed_number_is_taken_back_where_nothing_is_typed(at_lab) -> None:
    async with at_lab(name="fit-preferences") as seat:
        await seat.press("enter", *NUMBER[:5], "backspace", "5")
        assert seat.screen.query_one(Line).value == "0.5"
        await seat.press("enter", "backspace")
        assert seat.screen.query_one(Line).value == "" and len(seat.screen.said) == 1
        await seat.press("backspace")
        assert seat.screen.said == {}


async def test_every_question_is_judged_with_its_reason(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter", *KEYS)
        assert "3 of 4 right · Brier score 0.2" in seat.text
        assert "✓ β log Z (J = 0.7348089536" in seat.text
        assert "✗ up (0.100 → 1.000); you said down" in seat.text
        assert "the KL is 0 at π*" in seat.text
        await seat.press("pagedown")
        assert "step 0 loss 0.693147" in seat.text


async def test_a_number_is_typed_and_what_is_none_is_said(at_lab) -> None:
    async with at_lab(name="fit-preferences") as seat:
        await seat.press("enter", "1", "9", *"nan", "enter")
        assert "'nan' is no number" in seat.text

    async with at_lab(name="fit-preferences") as seat:
        await seat.press("enter", "1", "9", *"much", "enter")
        assert "'much' is no number; type one such as 0.5" in seat.text
        assert seat.screen.said.keys() == {"cycle"}

    async with at_lab(name="fit-preferences") as seat:
        await seat.press("enter", *NUMBER)
        assert seat.screen.said["residual"].answer == 0.3
        assert "4 of 4 right" in seat.text


async def test_help_names_the_keys_that_say_how_sure(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter", "1", "f1")
        assert "5–9, 0" in seat.text and "digit" not in seat.text


async def test_running_again_records_nothing_new(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter", *KEYS)
        await seat.press("r")
        assert "3 of 4 right" in seat.text
        assert len(seat.events("predict")) == 1
        await seat.press("p")
        assert "how far is the policy from the closed form" in seat.text


async def test_a_run_that_fails_is_said_and_can_be_run_again(at_lab) -> None:
    def start(run: Any) -> Iterator[dict[str, Any]]:
        yield from shipped(run.id)[:5]
        raise LabError("the run broke off: out of memory; run it again")

    async with at_lab(start) as seat:
        await seat.press("enter", *KEYS)
        assert "the run broke off: out of memory" in seat.text
        assert "r run again" in seat.keys


async def test_escape_stops_a_run_and_keeps_its_records(at_lab) -> None:
    closed, go_on = Event(), Event()

    def start(run: Any) -> Iterator[dict[str, Any]]:
        try:
            for count, record in enumerate(replayed(run)):
                yield record
                if count == STOPPED:
                    go_on.wait(30)
        finally:
            closed.set()

    async with at_lab(start) as seat:
        seat.screen.action_again()
        while len(seat.screen.records) <= STOPPED:
            await seat.hand.pause()
        await seat.hand.press("escape")
        assert "You stopped the run" in seat.text
        assert SHOWN in seat.text
        go_on.set()
        assert closed.wait(10)
        await seat.settle()
        assert len(seat.screen.records) == STOPPED + 1
        assert "r run again" in seat.keys
        await seat.press("escape")
        assert seat.shown == "HomeScreen"


async def test_leaving_closes_the_run_that_goes_on(at_lab) -> None:
    closed, go_on = Event(), Event()

    def start(run: Any) -> Iterator[dict[str, Any]]:
        try:
            for record in replayed(run):
                yield record
                go_on.wait(30)
        finally:
            closed.set()

    async with at_lab(start) as seat:
        seat.screen.action_again()
        await seat.hand.pause()
        await seat.hand.press("q")
        assert seat.shown == "HomeScreen"
        go_on.set()
        assert closed.wait(10)


async def test_a_record_that_cannot_be_written_ends_the_app_before_the_run(
    at_lab, monkeypatch
) -> None:
    begun: list[str] = []

    def start(run: Any) -> Iterator[dict[str, Any]]:
        begun.append(run.id)
        return replayed(run)

    def refuse(draft: object) -> None:
        raise HistoryError("the disk is full")

    async with at_lab(start) as seat:
        monkeypatch.setattr(seat.screen.record, "append", refuse)
        await seat.press("enter", *KEYS)
        assert seat.app.return_value == "drillbox: the disk is full"
        assert begun == []


async def test_a_real_run_is_told(at_lab) -> None:
    async with at_lab(None, "partition") as seat:
        await seat.press("enter", "2", "9", "3", "9", "2", "9", "2", "9")
        assert "4 of 4 right" in seat.text
        assert seat.screen.records[-1]["type"] == "end"


@pytest.mark.parametrize("one", general_runs(), ids=lambda one: one.id)
async def test_the_drop_that_has_the_run_opens_it(sit_down, dpo, one) -> None:
    (drop,) = (drop for drop in dpo.drops if one.id in drop.runs)
    assert drop.number == one.drop
    async with sit_down(dpo, size=(80, 40)) as seat:
        await seat.press(*["down"] * (one.drop - 1), "l")
        assert f"Run {one.id} · drop {one.drop} · {one.title}" in seat.text


async def test_a_prediction_can_be_taken_back(at_lab) -> None:
    async with at_lab() as seat:
        assert "u undo" not in seat.keys
        await seat.press("enter", *KEYS)
        assert "u undo" in seat.keys
        await seat.press("u")
        assert "undone: the prediction for tabular" in seat.text
        (undo,) = seat.events("undo")
        assert undo.target == seat.events("predict")[0].id
