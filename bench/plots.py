"""A run's screen while its records come at their pace: at most 15 % of a core.

A shipped record is replayed as a run of SECONDS. Beside it, in the same process, an app
that shows one Static and only waits as long. The figures are processor seconds.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bound import code, held
from textual.app import App, ComposeResult
from textual.widgets import Static

from drillbox.cli.opening import clock, open_course
from drillbox.domain.settings import Settings
from drillbox.history.log import Log
from drillbox.lab.begin import find
from drillbox.lab.document import shipped
from drillbox.screen.app import DrillApp, Wish
from drillbox.screen.figure import Figure
from drillbox.screen.lab_run import LabRunScreen

SECONDS = 8.0
SIZE = (100, 30)
MOST_SHARE = 0.15  # of a core, beyond what the bare app takes
MOST_REPAINTS = 10.5  # a second; the last one comes at once
RUNS = ("leash", "shift")  # the longest records, and the most lines


class Bare(App[None]):
    """One Static."""

    def compose(self) -> ComposeResult:
        """As little as there can be."""
        yield Static("drillbox")


def main() -> int:
    """Print the figures; MISSED if a plot costs too much."""
    base = asyncio.run(waiting())
    return code(*(asyncio.run(watched(name, base)) for name in RUNS))


async def waiting() -> float:
    """The share of a core that the bare app takes."""
    async with Bare().run_test(size=SIZE):
        began = time.process_time()
        await asyncio.sleep(SECONDS)
        return (time.process_time() - began) / SECONDS


def replayed(run: Any) -> Iterator[dict[str, Any]]:
    """The shipped records, evenly over the seconds."""
    records = shipped(run.id)
    for record in records:
        time.sleep(SECONDS / len(records))
        yield record
    yield {"type": "end", "seconds": SECONDS}


async def watched(name: str, base: float) -> bool:
    """One run beside the bare app."""
    course, run = open_course(), find(name)
    assert run is not None
    with tempfile.TemporaryDirectory() as home:
        log = Log.open(home, clock)
        app = DrillApp(Wish(), lambda _: (Settings(), course), lambda: log)
        async with app.run_test(size=SIZE) as hand:
            while app.course is None:
                await hand.pause()
            screen: Any = LabRunScreen(run, course, log, replayed)
            screen.judge = lambda: None  # nothing was predicted
            await app.push_screen(screen)
            await hand.pause()
            return told(name, base, *await spent(screen), len(shipped(name)))


async def spent(screen: Any) -> tuple[float, float]:
    """The share of a core, and the repaints a second, from first record to last."""
    began, at = time.process_time(), time.perf_counter()
    screen.action_again()
    while screen.phase != "told":
        await asyncio.sleep(0.05)
    wall = time.perf_counter() - at
    painted = screen.query_one(Figure).painted
    return (time.process_time() - began) / wall, painted / wall


def told(name: str, base: float, share: float, repaints: float, count: int) -> bool:
    """Both figures beside their bounds."""
    print(
        f"  {name}: {count} records in {SECONDS:g} s, {share:.1%} of a core; the bare "
        f"app {base:.2%}, ratio {share / max(base, 1e-4):.1f}"
    )
    cheap = held(f"the curves of {name}, of a core", share - base, MOST_SHARE, "")
    few = held(f"repaints of {name}", repaints, MOST_REPAINTS, "a second")
    return cheap and few


if __name__ == "__main__":
    sys.exit(main())
