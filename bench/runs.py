"""Each run on the processor, one thread: its seconds beside its bound.

The seconds are those of the run itself, as its last record says them. Beside them, the
seconds from the start of its worker to the last record; what those have more is a fresh
Python that imports torch.
"""

import statistics
import sys
import time

from bound import code, held

from drillbox.lab.begin import begin, experiments
from drillbox.lab.experiment import Experiment
from drillbox.lab.setting import chosen

RUNS = 3


def main() -> int:
    """Print the medians; MISSED if a run takes too long."""
    return code(*map(within, experiments()))


def within(experiment: Experiment) -> bool:
    """Does a run of it hold its bound?"""
    runs = [whole(experiment) for _ in range(RUNS)]
    own = statistics.median(seconds for seconds, _ in runs)
    every = statistics.median(seconds for _, seconds in runs)
    print(f"  {experiment.id}: {every:.2f} s with the start of its worker")
    return held(f"the run {experiment.id}", own, experiment.seconds, "s")


def whole(experiment: Experiment) -> tuple[float, float]:
    """Its own seconds, and those from the start of its worker to the last record."""
    begun = time.perf_counter()
    *_, last = begin(experiment, chosen(experiment, ()))
    assert last["type"] == "end", last
    return last["seconds"], time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
