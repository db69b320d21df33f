"""The curves of a run: live, in every window, saved with s."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from drillbox.lab.begin import find
from drillbox.lab.document import shipped, table
from drillbox.screen.app import DrillApp
from drillbox.screen.figure import LEAST, MOST, Figure
from drillbox.screen.lab_run import LabRunScreen
from drillbox.screen.run import RunScreen
from tests import pictures

LEGEND = "o own features x shared features"


class Gate:
    """A run that waits after some of its records until it is let go on."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.open = Event()

    def start(self, run: Any) -> Iterator[dict[str, Any]]:
        records = [*shipped(run.id), {"type": "end", "seconds": 1.0}]
        for count, record in enumerate(records):
            if count == self.after:
                self.open.wait(30)
            yield record


@pytest.fixture
def at_run(sit_down, scenes) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """A run that has begun and stands after some records."""

    @asynccontextmanager
    async def open_screen(
        size: tuple[int, int] = (80, 40), name: str = "tabular", after: int = 50
    ) -> AsyncIterator[tuple[Any, Gate]]:
        gate = Gate(after)
        async with sit_down(scenes, size=size) as seat:
            course, log = seat.app.opened()
            run = find(name)
            assert run is not None
            screen = LabRunScreen(run, course, log, gate.start)
            screen.judge = lambda: None  # nothing was predicted
            await seat.app.push_screen(screen)
            await seat.settle()
            screen.action_again()
            try:
                while len(screen.records) < after:
                    await seat.hand.pause()
                await painted(seat)
                yield seat, gate
            finally:
                gate.open.set()

    return open_screen


async def painted(seat: Any) -> None:
    """Paint what waits for its time."""
    for _ in range(2):  # the lines below know of the curves only once those are there
        seat.screen.query_one(Figure).write()
        seat.screen.paint(seat.screen.records)
        await seat.hand.pause()


async def test_the_curve_is_seen_while_the_records_come(at_run) -> None:
    async with at_run() as (seat, gate):
        assert seat.screen.phase == "running"
        assert LEGEND in seat.text and "its probability" in seat.text
        before = str(seat.screen.query_one(Figure).content)
        gate.open.set()
        await seat.settle()
        await painted(seat)
        assert str(seat.screen.query_one(Figure).content) != before


async def test_what_comes_at_once_is_painted_once(at_run) -> None:
    async with at_run() as (seat, _):
        figure = seat.screen.query_one(Figure)
        before = figure.painted
        for _ in range(100):
            figure.changed()
        timer = figure.repaint
        assert timer is not None and figure.painted == before
        while figure.repaint is not None:
            await seat.hand.pause(0.02)
        assert figure.painted == before + 1


@pytest.mark.parametrize(
    ("size", "lines"), [((80, 40), MOST), ((60, 20), 14), ((40, 15), LEAST + 1)]
)
async def test_a_small_window_has_a_small_plot(
    at_run, size: tuple[int, int], lines: int
) -> None:
    async with at_run(size) as (seat, _):
        drawn = str(seat.screen.query_one(Figure).content).splitlines()
        assert abs(len(drawn) - lines) <= 2
        assert any("┤" in line for line in seat.lines)
        newest = seat.screen.run.line(seat.screen.records[-1])
        assert " ".join(newest.split()) in seat.text


async def test_in_the_smallest_window_the_curves_stay_when_the_run_has_ended(
    at_run,
) -> None:
    async with at_run((40, 15)) as (seat, gate):
        gate.open.set()
        await seat.settle()
        await painted(seat)
        assert any("┤" in line for line in seat.lines)


async def test_a_low_window_has_the_records_alone_until_it_grows(at_run) -> None:
    async with at_run((40, 12)) as (seat, gate):
        assert not seat.screen.query_one(Figure).display
        assert "┤" not in seat.text
        gate.open.set()
        await seat.settle()
        await seat.resize(80, 40)
        await painted(seat)
        assert LEGEND in seat.text


async def test_a_console_without_braille_has_ascii(at_run, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    async with at_run() as (seat, _):
        drawn = str(seat.screen.query_one(Figure).content)
        assert drawn.replace("−", "-").isascii()


async def test_s_saves_figure_and_records_over_no_file(
    at_run, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_run() as (seat, gate):
        gate.open.set()
        await seat.settle()
        assert "s save the figure" in seat.keys
        await seat.press("s")
        said = f"Saved tabular.svg and tabular.csv in {tmp_path}"
        assert said.replace(" ", "") in seat.text.replace(" ", "")
        await seat.press("s")
        assert "Saved tabular-2.svg and tabular-2.csv" in seat.text
        records = seat.screen.records
    assert len(list(tmp_path.glob("tabular*"))) == 4
    assert (tmp_path / "tabular.csv").read_text() == table(records)
    assert ElementTree.parse(tmp_path / "tabular.svg").getroot().tag.endswith("svg")


async def test_a_browser_is_handed_both_in_one_file_and_nothing_is_written(
    at_run, tmp_path: Path, monkeypatch
) -> None:
    offered: dict[str, bytes] = {}

    def deliver(file: Any, save_filename: str) -> None:
        offered[save_filename] = file.read()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(DrillApp, "is_web", True)
    async with at_run() as (seat, gate):
        seat.app.deliver_binary = deliver
        gate.open.set()
        await seat.settle()
        await seat.press("s")
        assert "Your browser saves tabular.zip" in seat.text
        records = seat.screen.records
    with ZipFile(BytesIO(offered["tabular.zip"])) as files:
        assert files.namelist() == ["tabular.svg", "tabular.csv"]
        assert files.read("tabular.csv").decode() == table(records)
    assert list(tmp_path.glob("tabular*")) == []


async def test_what_cannot_be_saved_is_said(at_run, tmp_path, monkeypatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with at_run() as (seat, gate):
        gate.open.set()
        await seat.settle()
        await seat.press("s")
        assert "cannot write ./tabular.svg: No such file" in seat.text


async def test_nothing_is_saved_before_there_is_something(sit_down, scenes) -> None:
    async with sit_down(scenes) as seat:
        course, log = seat.app.opened()
        run = find("tabular")
        assert run is not None
        await seat.app.push_screen(LabRunScreen(run, course, log, Gate(1).start))
        await seat.settle()
        assert "save" not in seat.keys


async def test_the_pairs_are_saved_too(
    sit_down, scenes, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("drillbox.lab.keep.before", pictures.before)
    async with sit_down(scenes, size=(80, 40)) as seat:
        course, log = seat.app.opened()
        start: Any = lambda name: pictures.records()  # noqa: E731
        await seat.app.push_screen(RunScreen("three-pairs", course, log, start))
        await seat.settle()
        await pictures.predict(seat.app, seat.hand)
        assert "s save the figure" in seat.keys
        await seat.press("s")
    drawn = (tmp_path / "three-pairs.svg").read_text()
    assert drawn.count("<polyline") == 8 and "A w" in drawn
