"""The run screen: predict, record, run, compare."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import product
from threading import Event
from typing import Any

import pytest

from drillbox.errors import HistoryError
from drillbox.lab.run import LabError
from drillbox.screen.run import RunScreen
from drillbox.screen.track import Track
from tests import pictures

STOPPED, SHOWN = 28, "step 5/50"  # the last record before it, and what it shows
KEYS = ["up", "down", "8"] * 2 + ["equals_sign", "equals_sign", "9"]

AGAIN = ["up", "down", "enter", "down", "down", "enter", *["equals_sign"] * 2, "enter"]


@pytest.fixture
def at_lab(
    sit_down, scenes, monkeypatch
) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """The run screen over made-up records."""
    monkeypatch.setattr("drillbox.lab.keep.before", pictures.before)

    @asynccontextmanager
    async def open_screen(
        start: Any = None, size: tuple[int, int] = (80, 40)
    ) -> AsyncIterator[Any]:
        async with sit_down(scenes, size=size) as seat:
            course, log = seat.app.opened()
            begin = start or (lambda name: pictures.records())
            screen = RunScreen("three-pairs", course, log, begin)
            await seat.app.push_screen(screen, seat.app.returned)
            await seat.settle()
            yield seat

    return open_screen


async def test_nothing_runs_before_everything_is_predicted_and_recorded(at_lab) -> None:
    begun: list[int] = []

    def start(name: str) -> Iterator[dict[str, Any]]:
        begun.append(len(seat.events("predict")))
        return pictures.records()

    async with at_lab(start) as seat:
        assert "say what the first step does" in seat.text
        await seat.press("enter", *KEYS)
        assert begun == []
        await seat.press("s")
        assert begun == [] and "Round 2, with the Gram matrix open" in seat.text
        assert "‖g_w‖² 400 g_w·g_l 240 ‖g_l‖² 462" in seat.text
        await seat.press(*AGAIN)
        assert begun == [2]
        event, again = seat.events("predict")
        assert (event.body["round"], again.body["round"]) == (1, 2)
        assert again.body["predictions"]["C"] == {"chosen": "flat", "rejected": "flat"}
        assert event.item == "three-pairs"
        assert list(event.body["predictions"]) == ["A", "B", "C"]
        assert event.body["predictions"]["C"] == {
            "chosen": "flat",
            "rejected": "flat",
            "confidence": 0.9,
        }
        assert event.body["confidence"] == pytest.approx((0.8 + 0.8 + 0.9) / 3)


async def test_a_pair_that_was_said_is_taken_back_within_its_round(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter", "up", "up", "3")
        assert "B " in seat.text and "⌫ the pair before" in seat.keys
        await seat.press("up", "backspace", "backspace")
        assert seat.screen.ahead[0].pair == "A" and seat.screen.said == {}
        await seat.press(*KEYS, "s")
        assert "Round 2" in seat.text and "pair before" not in seat.keys
        await seat.press("up", "up", "enter", "backspace")
        assert seat.screen.later[0] == "A" and seat.screen.again == {}
        await seat.press(*AGAIN)
        first, second = seat.events("predict")
        assert list(first.body["predictions"]) == ["A", "B", "C"]
        assert second.body["predictions"]["A"] == {"chosen": "up", "rejected": "down"}


async def test_every_quantity_is_judged_with_its_reason(at_lab) -> None:
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        assert "Round 1: 5 of 6 right" in seat.text
        assert "✓ log π(chosen) goes up (+0.0004 nats)" in seat.text
        assert "✗ log π(chosen) goes down" in seat.text and "you said it" in seat.text
        assert "pulled up by more than pushing" in seat.text
        await seat.press(*["down"] * 6)
        assert "Round 2, with the Gram matrix: 6 of 6, passed." in seat.text


async def test_below_stand_the_curves_with_first_and_last_value(at_lab) -> None:
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        await seat.press(*["down"] * 8)
        assert "What it shows The same loss moves three pairs" in seat.text
        await seat.press(*["pagedown"] * 4)
        assert "−4.000 → −4.100 −0.1000" in seat.text
        assert "step 50/50 · weight 0.5000 → 0.4500" in seat.text
        assert "nats o chosen x rejected" in seat.text
        assert "0.0 ┤" in seat.text and "┬" in seat.text
        await seat.resize(60, 40)
        await seat.press(*["pagedown"] * 4)
        assert "(+0.5000 nats)" in seat.text


async def test_the_bonus_can_be_predicted_too_and_only_it_be_skipped(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter")
        assert "skip" not in seat.keys
        await seat.press("s")
        assert "Two opinions" in seat.text
        await seat.press(*KEYS)
        assert "s skip this one" in seat.keys
        await seat.press("up", "up", "0")
        assert list(seat.events("predict")[0].body["predictions"]) == list("ABCD")


async def test_a_guess_can_be_taken_back(at_lab) -> None:
    async with at_lab() as seat:
        await seat.press("enter", "up", "backspace", "down", "down")
        await seat.press("backspace", "up", "3")
        said = seat.screen.said["A"]
        assert (said.chosen, said.rejected, said.confidence) == ("down", "up", 0.33)


async def test_running_again_records_nothing_new(at_lab) -> None:
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        await seat.press("r")
        assert "5 of 6 right" in seat.text
        assert len(seat.events("predict")) == 2
        await seat.press("p")
        assert "Two opinions" in seat.text


def others() -> Iterator[dict[str, Any]]:
    """What Adam and one batch do, made up: C falls under Adam, B stays in the batch."""
    moved = {"A": (0.4, -0.4), "B": (0.0, -0.5), "C": (0.1, -0.9)}
    for way, step in product(("adam", "joint"), (0, 1, 50)):
        for pair, (chosen, rejected) in moved.items():
            yield {"type": "other", "way": way, "pair": pair, "step": step} | {
                "logp_chosen": step * chosen,
                "logp_rejected": step * rejected,
            }
    yield {"type": "end", "seconds": 1.0}


async def test_after_the_run_adam_and_one_batch_are_asked_and_shown(at_lab) -> None:
    runs = [pictures.records, others]

    def start(name: str) -> Iterator[dict[str, Any]]:
        return runs.pop(0)()

    async with at_lab(start) as seat:
        await pictures.predict(seat.app, seat.hand)
        await seat.press("a")
        assert "A fresh Adam, first step: log π(rejected) of C" in seat.text
        await seat.press("down", "up", "enter")
        *_, last = seat.events("predict")
        assert last.body["predictions"] == {"adam": "down", "joint": "up"}
        assert "✓ A fresh Adam" in seat.text and "goes down (−0.9 nats)" in seat.text
        assert "stays flat (+0 nats); you said it goes up" in seat.text
        assert "SGD, A, B and C in one batch: change after step 1" in seat.text
        assert "Adam, one batch" not in seat.keys and "r run again" in seat.keys


async def test_the_outcome_is_recorded_once(at_lab) -> None:
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        await seat.press("r")
        (outcome,) = seat.events("outcome")
        assert outcome.target == seat.events("predict")[0].id
        assert outcome.body["answers"].count([0.8, True]) == 5
        assert outcome.body["round2"] == {"right": 6, "count": 6, "passed": True}


async def test_a_run_that_fails_is_said_and_can_be_run_again(at_lab) -> None:
    def start(name: str) -> Iterator[dict[str, Any]]:
        yield from list(pictures.records())[:20]
        raise LabError("pair A diverged at step 3; choose a smaller step size")

    async with at_lab(start) as seat:
        await pictures.predict(seat.app, seat.hand)
        assert "pair A diverged at step 3" in seat.text
        assert "r run again" in seat.keys


async def test_escape_stops_a_run_and_keeps_its_records(at_lab) -> None:
    closed, go_on = Event(), Event()

    def start(name: str) -> Iterator[dict[str, Any]]:
        try:
            for count, record in enumerate(pictures.records()):
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


class Gate:
    """A run that waits after its second step until it is let go on."""

    def __init__(self) -> None:
        self.open = Event()

    def start(self, name: str) -> Iterator[dict[str, Any]]:
        for record in pictures.records():
            if record.get("step") == 3:
                self.open.wait(30)
            yield record


async def run_until_the_gate(seat: Any) -> None:
    seat.screen.action_again()
    while seat.screen.records[-1:] == [] or seat.screen.records[-1].get("step") != 2:
        await seat.hand.pause()
    for _ in range(2):  # the curves know their room only once they are there
        seat.screen.paint_new()
        for track in seat.screen.query(Track):
            track.write()
        await seat.hand.pause()


@pytest.mark.parametrize(
    ("size", "seen"), [((80, 24), 4), ((120, 40), 4), ((60, 20), 1), ((40, 15), 1)]
)
async def test_the_curves_are_seen_while_the_records_come(
    at_lab, size: tuple[int, int], seen: int
) -> None:
    gate = Gate()
    async with at_lab(gate.start, size) as seat:
        await run_until_the_gate(seat)
        assert seat.screen.phase == "running"
        assert (
            seat.text.count("nats o chosen x rejected")
            + seat.text.count("nats over step o chosen x rejected")
            == seen
        )
        assert any("└┬" in line for line in seat.lines)
        assert sum("rejected −5.000" in track for track in drawn(seat)) == 4
        gate.open.set()


def drawn(seat: Any) -> list[str]:
    return [str(track.content) for track in seat.screen.query(Track)]


async def test_a_low_window_has_the_numbers_alone(at_lab) -> None:
    gate = Gate()
    async with at_lab(gate.start, (40, 12)) as seat:
        await run_until_the_gate(seat)
        assert all("┤" not in track for track in drawn(seat))
        assert "step 2/50" in seat.text
        gate.open.set()


async def test_a_pair_that_stays_flat_is_drawn_flat_with_its_two_lines(at_lab) -> None:
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        (flat,) = (track for track in drawn(seat) if "Learnt before" in track)
        rows = [line for line in flat.splitlines() if "o" in line and "x" in line]
        assert any(line.strip().startswith("0.000 ┤o") for line in rows)


async def test_a_console_without_braille_has_ascii_curves(at_lab, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with at_lab() as seat:
        await pictures.predict(seat.app, seat.hand)
        for track in drawn(seat):
            *curves, _, _, _ = track.splitlines()
            assert "+" in track and "\n".join(curves).replace("−", "-").isascii()


async def test_leaving_closes_the_run_that_goes_on(at_lab) -> None:
    closed, go_on = Event(), Event()

    def start(name: str) -> Iterator[dict[str, Any]]:
        try:
            for record in pictures.records():
                yield record
                go_on.wait(30)
        finally:
            closed.set()

    async with at_lab(start) as seat:
        seat.screen.said["A"] = pictures_prediction()
        seat.screen.action_again()
        await seat.hand.pause()
        await seat.hand.press("q")
        assert seat.shown == "HomeScreen"
        go_on.set()
        assert closed.wait(10)


def pictures_prediction() -> Any:
    from drillbox.screen.guess import prediction

    return prediction(["up", "down"], 0.8)


async def test_a_record_that_cannot_be_written_ends_the_app_before_the_run(
    at_lab, monkeypatch
) -> None:
    begun: list[str] = []

    def start(name: str) -> Iterator[dict[str, Any]]:
        begun.append(name)
        return pictures.records()

    def refuse(draft: object) -> None:
        raise HistoryError("the disk is full")

    async with at_lab(start) as seat:
        monkeypatch.setattr(seat.screen.record, "append", refuse)
        await pictures.predict(seat.app, seat.hand)
        assert seat.app.return_value == "drillbox: the disk is full"
        assert begun == []


async def test_the_real_run_of_the_real_course_is_told(sit_down, dpo) -> None:
    async with sit_down(dpo, size=(80, 40)) as seat:
        await seat.press(*["down"] * 13, "l")
        await pictures.predict(seat.app, seat.hand)
        assert "of 6 right" in seat.text
        assert "A Two opinions ✓ log π(chosen) goes up" in seat.text
        assert seat.screen.records[-1]["type"] == "end"
