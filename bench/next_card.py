"""From an answer on disk to the next card: at most 16 ms, 10,000 cards in the course.

What the session does after the append has returned: the verdict is told, the learner
goes on, the next question stands. Reviews, each with its own append; painting is what
the bench `keys` measures. Beside it, for comparing machines: a course of 500 cards.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable

from bound import code, held
from made import course, fill

from drillbox.cli.opening import clock
from drillbox.domain.course import Course
from drillbox.history.log import Log
from drillbox.session import Ask, Done, Reply, Respond, Told, session, today

LARGE, SMALL = 10_000, 500
REVIEWS = 200
LIMIT_MS = 16.0


def main() -> int:
    """Print the figures; MISSED if the next card keeps somebody waiting."""
    large, small = sorted(within(LARGE)), sorted(within(SMALL))
    middle, bare = statistics.median(large), statistics.median(small)
    late = statistics.quantiles(large, n=20)[-1]
    print(
        f"  the next of {LARGE} cards {middle:.1f} ms, of {SMALL} {bare:.1f} ms, ratio "
        f"{middle / bare:.2f}; p95 {late:.1f} ms; of {len(large)} reviews"
    )
    return code(held("the next card at p95", late, LIMIT_MS, "ms"))


def within(cards: int) -> list[float]:
    """Milliseconds to the next card, of every review in a course of so many."""
    made = course(cards)
    with tempfile.TemporaryDirectory() as home, Log.open(home, clock) as log:
        fill(log, made, 3 * cards)
        return reviewed(made, log)


def reviewed(course: Course, log: Log) -> list[float]:
    """Milliseconds from the end of each append to the question after it."""
    written: list[float] = []
    took: list[float] = []
    note_end(log, lambda: written.append(time.perf_counter()))
    loop = session(course, log, today(course, log, 240))
    step = next(loop)
    while len(took) < REVIEWS:
        assert isinstance(step, Ask | Told), type(step)
        reply = answer(step)
        told, step = isinstance(step, Told), loop.send(reply)
        if told and isinstance(step, Ask):
            took.append((time.perf_counter() - written[-1]) * 1_000)
    return took


def answer(step: Ask | Told) -> Reply:
    """The right answer at once, then on to the next."""
    if isinstance(step, Told):
        return Done(0)
    return Respond({"options": [0]}, 5_000)


def note_end(log: Log, ended: Callable[[], None]) -> None:
    """Call `ended` whenever an append has returned."""
    append = log.append

    def timed(draft):  # type: ignore[no-untyped-def]
        recorded = append(draft)
        ended()
        return recorded

    log.append = timed  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
