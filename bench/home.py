"""Home over 100,000 cards and 1,000,000 reviews: at most 1.3 × an empty one.

Two times. The first paint of the program, in a pseudo-terminal, with the number of
cards due on the wire; the empty record has none. And the path of a course of 100,000
cards, from opening the record until all of it stands on the screen; the empty record
is one in which nothing was answered. The course is in memory both times: what reading
it costs is not about the record.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time

from bound import code, held
from made import course, fill
from paint import paint

from drillbox.cli.opening import clock
from drillbox.domain.course import Course
from drillbox.domain.settings import Settings
from drillbox.history.log import Log
from drillbox.screen.app import DrillApp, Wish

CARDS, REVIEWS = 100_000, 1_000_000
BOUND = 1.3
PAINTS, PATHS = 15, 9


def main() -> int:
    """Print the medians; MISSED if a long record keeps home waiting."""
    made = course(CARDS)
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        with Log.open(full, clock) as log:
            began = time.perf_counter()
            fill(log, made, REVIEWS)
        Log.open(full, clock).close()  # writes the journal
        Log.open(empty, clock).close()
        print(f"  the record was made in {time.perf_counter() - began:.0f} s")
        first = [(painted(full), painted(empty)) for _ in range(PAINTS + 1)]
        paths = [(path(made, full), path(made, empty)) for _ in range(PATHS + 1)]
    return code(told("first paint", first[1:]), told("the path", paths[1:]))


def painted(home: str) -> float:
    """Seconds until the number of cards due is on the wire."""
    program = os.path.join(os.path.dirname(sys.executable), "drillbox")
    return paint([program], b" due", home)


def path(course: Course, home: str) -> float:
    """Seconds until the path stands."""
    return asyncio.run(opened(course, home))


async def opened(course: Course, home: str) -> float:
    """… in an app of its own."""
    began = time.perf_counter()
    app = DrillApp(
        Wish(), lambda _: (Settings(), course), lambda: Log.open(home, clock)
    )
    async with app.run_test(size=(100, 30)) as hand:
        while app.course is None or app.home().standing is None:
            await asyncio.sleep(0.001)
        await hand.pause()
        return time.perf_counter() - began


def told(name: str, pairs: list[tuple[float, float]]) -> bool:
    """The median of the ratios beside its bound."""
    full, empty = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"  {name}: {full * 1000:.0f} ms, empty {empty * 1000:.0f} ms; medians of "
        f"{len(pairs)}"
    )
    return held(f"{name} of {REVIEWS} reviews", ratio, BOUND)


if __name__ == "__main__":
    sys.exit(main())
