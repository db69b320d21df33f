"""From the start of a run, its worker warm, to its first record: at most 0.3 s.

The worker has been started before, as while somebody predicts. Beside it, for comparing
machines: the same from a worker that is started for it.
"""

import statistics
import sys
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from bound import code, held

from drillbox.lab import begin, run
from drillbox.lab.general import Record
from drillbox.lab.setting import chosen
from drillbox.session import runs
from drillbox.session.runs import Worker

LIMIT_S = 0.3
RUNS = 3
SET = {"step": ("code=course",)}  # nobody has written code here


def main() -> int:
    """Print the medians; MISSED if a run starts too late."""
    general = [within(one.id, runs.worker_of(one)) for one in begin.general_runs()]
    return code(*general, *(within(one.id, run.worker_of()) for one in run.runs()))


def within(name: str, warm: Worker) -> bool:
    """Does a run of it start in time?"""
    with closing(warm):
        colds = [first(name, warm) for _ in range(RUNS)]
        warms = [first(name, ready(warm)) for _ in range(RUNS)]
    cold, _ = map(statistics.median, zip(*colds, strict=True))
    soon, then = map(statistics.median, zip(*warms, strict=True))
    print(
        f"  {name}: header {soon * 1000:.0f} ms, a measurement {then * 1000:.0f} ms; "
        f"header without a warm worker {cold * 1000:.0f} ms; medians of {RUNS}"
    )
    return held(f"the first record of {name}", soon, LIMIT_S, "s")


def ready(warm: Worker) -> Worker:
    """The same, once its worker has imported what it needs and works no more."""
    warm.start()
    if isinstance(warm, runs.Pair):
        warm.wait()
        return warm
    assert warm.waits is not None
    seen = [0]
    while seen[-1] == 0 or seen[-1] != seen[-3:][0]:
        time.sleep(0.3)
        seen.append(ticks(warm.waits.process.pid))
    return warm


def ticks(pid: int) -> int:
    """The CPU time of a process so far, in the system's ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def first(name: str, warm: Worker) -> tuple[float, float]:
    """Seconds from the start of a run to its first record, and to the one after."""
    began = time.perf_counter()
    with closing(started(name, warm)) as records:
        next(records)
        header = time.perf_counter() - began
        next(records)
        return header, time.perf_counter() - began


def started(name: str, warm: Worker) -> Generator[Record, None, None]:
    """A run with its settings as they are."""
    general = begin.find(name)
    if general is None:
        assert not isinstance(warm, runs.Pair)
        return run.start(name, device="cpu", warm=warm)
    values = chosen(general, SET.get(name, ()))
    return runs.begin(general, values, device="cpu", warm=warm)


if __name__ == "__main__":
    sys.exit(main())
