"""A formula as on a board, as a line and in words: at most 1 ms each, from its source.

The formulas are the golden ones and those of the course. CPU seconds, the best of some
turns, because other work on the machine only ever adds; what counts is the slowest
formula of all. Beside it, for comparing machines, the ratio to a pass over the same
source character by character in the same run, summed over all formulas.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bound import code, held

from drillbox.domain.mathtext import picture, prose, render, spoken

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "domain" / "golden" / "formulas.txt"
COURSE = ROOT / "content" / "dpo" / "drops"
TEX = "tex   "
WIDTH = 120  # cells
EACH_MS, RATIO = 1.0, 130.0
TURNS = 9


def main() -> int:
    """Print the slowest and the sums; MISSED if one takes too long."""
    sources = formulas()
    passes = sum(best(walked, source) for source in sources)
    print(f"  {len(sources)} formulas; a pass over all of them {passes * 1000:.2f} ms")
    holds = [
        measured(name, [best(form, source) for source in sources], passes)
        for name, form in (("board", board), ("line", render), ("words", spoken))
    ]
    return code(*holds)


def measured(name: str, seconds: list[float], passes: float) -> bool:
    """The slowest of all formulas, and all of them in passes."""
    slowest = held(f"{name}, slowest", max(seconds) * 1000, EACH_MS, "ms")
    return held(f"{name}, all", sum(seconds) / passes, RATIO) and slowest


def board(source: str) -> str:
    """As it stands where there is room."""
    return picture(source, WIDTH)


def formulas() -> list[str]:
    """The sources, each once."""
    found: dict[str, None] = {}
    for row in GOLDEN.read_text("utf-8").split("\n"):
        if row.startswith(TEX):
            found[row.removeprefix(TEX)] = None

    def note(source: str) -> str:
        if "{{" not in source:  # a value still to be filled in
            found[source] = None
        return source

    for file in sorted(COURSE.glob("*.yaml")):
        prose(file.read_text("utf-8"), form=note)
    return list(found)


def walked(source: str) -> int:
    """The baseline: look at every character once."""
    letters = 0
    for character in source:
        if character.isalpha():
            letters += 1
    return letters


def best(work: Callable[[str], object], source: str) -> float:
    """CPU seconds of some work on a formula, the best of some turns."""
    spent = []
    for _ in range(TURNS):
        begin = time.process_time()
        work(source)
        spent.append(time.process_time() - begin)
    return min(spent)


if __name__ == "__main__":
    sys.exit(main())
