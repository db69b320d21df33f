"""One warm case of dpo-loss: at most 0.03 of a fresh `python -c "import torch"`."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bound import code, held

from drillbox import places
from drillbox.grader.exercise import find
from drillbox.grader.supervisor import Grader

GRADINGS = 20
IMPORTS = 5
LIMIT = 0.03


def main() -> int:
    """Print the medians and their ratio; MISSED if it is over the limit."""
    with Grader() as grader:
        cases = list(warm(grader))
        imports = [fresh() for _ in range(IMPORTS)]
        cases += warm(grader)  # before and after: the machine may have changed pace
    case, whole = statistics.median(cases), statistics.median(imports)
    print(
        f"  a warm case of dpo-loss {case * 1000:.1f} ms, a fresh import of torch "
        f"{whole * 1000:.0f} ms; medians of {len(cases)} and {IMPORTS}"
    )
    return code(held("a warm case of dpo-loss", case / whole, LIMIT))


def warm(grader: Grader) -> list[float]:
    """Seconds per case, drawing, forking and judging included, by grading."""
    exercise = find("dpo-loss")
    solution = Path(places.shipped_exercises(), "dpo-loss", "reference.py")
    source = solution.read_text(encoding="utf-8")
    grader.grade(exercise, source)
    times: list[float] = []
    for _ in range(GRADINGS):
        start = time.perf_counter()
        report = grader.grade(exercise, source)
        times.append((time.perf_counter() - start) / len(report.cases))
        assert report.passed, str(report)
    return times


def fresh() -> float:
    """Seconds for a Python that imports torch and ends."""
    start = time.perf_counter()
    one = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "import torch"], check=True, env=one)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
