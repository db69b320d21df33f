"""The pictures of runs in docs/, from their shipped records: `make pictures`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from drillbox.lab import document
from drillbox.lab.begin import find
from drillbox.lab.chart import svg

DOCS = Path(__file__).parents[1] / "docs"
RUNS = ("leash",)


def drawn(name: str) -> str:
    """The figure of a run, as `s` on its screen saves it."""
    run = find(name)
    assert run is not None
    return svg(run.chart(document.shipped(name)))


def main() -> None:
    """Write them."""
    for name in RUNS:
        (DOCS / f"run-{name}.svg").write_text(drawn(name), encoding="utf-8")


if __name__ == "__main__":
    main()
