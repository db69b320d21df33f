"""Each run on the processor, one thread: its seconds beside its bound.

The seconds are those of the run itself, as its last record says them. Beside them, the
seconds from the start of its worker to the last record; what those have more is a fresh
Python that imports torch.
"""

import statistics
import sys
import time

from bound import code, held

from drillbox.lab.begin import general_runs
from drillbox.lab.general import Run
from drillbox.lab.setting import chosen
from drillbox.session.runs import begin

RUNS = 3
SET = {"step": ("code=course",)}  # nobody has written code here


def main() -> int:
    """Print the medians; MISSED if a run takes too long."""
    return code(*map(within, general_runs()))


def within(run: Run) -> bool:
    """Does a run of it hold its bound?"""
    runs = [whole(run) for _ in range(RUNS)]
    own = statistics.median(seconds for seconds, _ in runs)
    every = statistics.median(seconds for _, seconds in runs)
    print(f"  {run.id}: {every:.2f} s with the start of its worker")
    return held(f"the run {run.id}", own, run.seconds, "s")


def whole(run: Run) -> tuple[float, float]:
    """Its own seconds, and those from the start of its worker to the last record."""
    begun = time.perf_counter()
    *_, last = begin(run, chosen(run, SET.get(run.id, ())))
    assert last["type"] == "end", last
    return last["seconds"], time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
