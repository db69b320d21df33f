"""The run three-pairs on the processor as a whole: at most 20 s, one thread.

Beside it, for comparing machines: a fresh `python -c "import torch"`, which every run
has in it.
"""

import os
import statistics
import subprocess
import sys
import time

from bound import code, held

from drillbox.lab.run import start

RUNS = 3
LIMIT_S = 20.0


def main() -> int:
    """Print the medians; MISSED if a run takes too long."""
    runs, imports = [], []
    for _ in range(RUNS):
        imports.append(fresh())
        runs.append(whole())
    run, bare = statistics.median(runs), statistics.median(imports)
    print(f"  a run {run:.2f} s, import torch {bare:.2f} s, ratio {run / bare:.2f}")
    return code(held("the run three-pairs", run, LIMIT_S, "s"))


def whole() -> float:
    """Seconds from the start of its worker to the last record."""
    begin = time.perf_counter()
    *_, last = start("three-pairs", device="cpu")
    assert last["type"] == "end", last
    return time.perf_counter() - begin


def fresh() -> float:
    """Seconds for a Python that imports torch and ends."""
    begin = time.perf_counter()
    one = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "import torch"], check=True, env=one)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
