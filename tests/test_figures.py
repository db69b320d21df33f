"""The committed pictures of runs are those of the committed records."""

import pytest

from tests import figures


@pytest.mark.parametrize("name", figures.RUNS)
def test_the_picture_in_docs_is_current_and_small(name: str) -> None:
    kept = (figures.DOCS / f"run-{name}.svg").read_text(encoding="utf-8")
    assert kept == figures.drawn(name), "run `make pictures`"
    assert len(kept) < 60_000
