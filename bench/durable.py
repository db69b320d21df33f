"""From an answer to both copies on disk: at most two bare fsyncs and 1 ms."""

import os
import statistics
import sys
import tempfile
import time

from bound import code, held

from drillbox.domain.event import SCHEDULER, Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log

ANSWERS = 300
ITEMS = 400
LIMIT_MS = 1.0
BODY = {
    "kind": "choice",
    "fingerprint": "0123456789abcdef",
    "seed": 2**63 + 1,
    "answer": {"options": [2]},
    "prompt": "Which quantity does the DPO loss compare with the reference? " * 3,
    "verdict": "right",
    "hint": False,
    "duration_ms": 21_000,
    "scheduler": SCHEDULER,
}


def main() -> int:
    """Print the medians; MISSED if an answer costs too much beyond its two fsyncs."""
    with tempfile.TemporaryDirectory() as home:
        turns = list(both(home))
    append, bare = (statistics.median(times) for times in zip(*turns, strict=True))
    beyond = statistics.median(a - 2 * b for a, b in turns)
    print(
        f"  an answer {append:.2f} ms, one bare write and fsync {bare:.2f} ms, ratio "
        f"{append / bare:.2f}; medians of {len(turns)}"
    )
    return code(held("an answer beyond two fsyncs", beyond, LIMIT_MS, "ms"))


def both(home: str) -> list[tuple[float, float]]:
    """Milliseconds of an append, and of a bare write and fsync right after it."""
    turns: list[tuple[float, float]] = []
    bare = os.open(os.path.join(home, "bare"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    with Log.open(home, lambda: Moment(1_795_435_200_000, 60)) as log:
        for k in range(ANSWERS):
            draft = Draft("answer", "dpo", f"card-{k % ITEMS}", quality=4, body=BODY)
            start = time.perf_counter()
            log.append(draft)
            middle = time.perf_counter()
            os.write(bare, b"x" * 4096)
            os.fsync(bare)
            end = time.perf_counter()
            turns.append(((middle - start) * 1_000, (end - middle) * 1_000))
    os.close(bare)
    return turns[10:]  # the first ones make tables' pages and the day's backup


if __name__ == "__main__":
    sys.exit(main())
