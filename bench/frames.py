"""The screen while a real run streams: 30 frames a second, and Esc within 0.2 s.

A frame is late when the event loop, which paints, is kept busy: it is asked for a sign
of life every 1/60 s, and the 95th percentile of what lies between two signs, while the
records come, may be 1/30 s. Then a run is stopped with Esc: its process must be gone in
time, and what it has shown stays.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bound import code, held

from drillbox.cli.opening import clock, open_course
from drillbox.domain.settings import Settings
from drillbox.history.log import Log
from drillbox.screen.app import DrillApp, Wish
from drillbox.screen.lab_run import screen_of

FRAME_S = 1 / 30
ESC_S = 0.2
RUNS = ("tabular", "beta", "three-pairs")
AFTER = 20  # records, then Esc
WAIT_S = 120.0
TURNS = 3


def main() -> int:
    """Print the figures; MISSED if the screen waits for a run."""
    return code(*(asyncio.run(watched(name)) for name in RUNS))


async def watched(name: str) -> bool:
    """Both, of one run."""
    course = open_course()
    with tempfile.TemporaryDirectory() as home:
        log = Log.open(home, clock)
        app = DrillApp(Wish(), lambda _: (Settings(), course), lambda: log)
        async with app.run_test(size=(100, 30)) as hand:
            screen: Any = screen_of(name, course, log)
            screen.judge = lambda: None  # nothing was predicted
            await came(lambda: app.course is not None)
            await app.push_screen(screen)
            await hand.pause()
            gaps = [gap for _ in range(TURNS) for gap in await gaps_of(screen)]
            stops = [await stopped(screen, hand) for _ in range(TURNS)]
    return told(name, gaps, stops, len(screen.records))


async def gaps_of(screen: Any) -> list[float]:
    """Seconds between two signs of life, from the first record to the last."""
    screen.action_again()
    await came(lambda: screen.records)
    gaps, last = [], time.perf_counter()
    while screen.phase == "running":
        await asyncio.sleep(FRAME_S / 2)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now
    return gaps


async def stopped(screen: Any, hand: Any) -> float:
    """Seconds from Esc until the process is gone; the records must be there still."""
    screen.action_again()
    await came(lambda: len(screen.records) >= AFTER)
    process = screen.warm.works.process
    began = time.perf_counter()
    await hand.press("escape")
    while process.poll() is None:
        await asyncio.sleep(0.002)
    spent = time.perf_counter() - began
    assert process.returncode < 0, "the run was over before Esc"
    assert screen.phase == "told" and len(screen.records) >= AFTER
    return spent


async def came(happened: Callable[[], object]) -> None:
    """Wait for something to happen."""
    until = time.perf_counter() + WAIT_S
    while not happened():
        assert time.perf_counter() < until, "it did not happen"
        await asyncio.sleep(0.005)


def told(name: str, gaps: list[float], stops: list[float], kept: int) -> bool:
    """Both figures beside their bounds."""
    late = statistics.quantiles(gaps, n=20)[-1]
    stop = statistics.median(stops)
    print(
        f"  {name}: {len(gaps)} signs of life, the longest {max(gaps) * 1000:.0f} ms; "
        f"Esc {stop * 1000:.0f} ms, median of {TURNS}, {kept} records kept"
    )
    smooth = held(f"between two frames of {name}, of 1/30 s", late / FRAME_S, 1.0)
    return held(f"Esc in {name}", stop, ESC_S, "s") and smooth


if __name__ == "__main__":
    sys.exit(main())
