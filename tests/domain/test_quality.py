"""The quality that is proposed for an answer (DESIGN, section 5)."""

import pytest

from drillbox.domain.quality import is_leech, propose


@pytest.mark.parametrize(
    ("quality", "kind", "hint", "duration_ms", "median_s", "proposed"),
    [
        (4, "choice", False, 10_000, 10.0, 4),
        (4, "choice", True, 10_000, 10.0, 3),
        (4, "choice", False, 30_001, 10.0, 3),
        (4, "recall", False, 30_001, 10.0, 3),
        (4, "choice", False, 30_000, 10.0, 4),  # not *more* than three times
        (4, "numeric", False, 200_000, 10.0, 4),  # only choice and recall are timed
        (4, "choice", False, 300_001, 10.0, 4),  # over five minutes: walked away
        (4, "choice", False, None, 10.0, 4),  # plain mode
        (4, "choice", False, 99_000, None, 4),  # no median yet
        (5, "choice", True, 1, 1.0, 3),
        (2, "choice", True, 99_000, 1.0, 2),
        (1, "numeric", False, 1, 1.0, 1),
        (0, "choice", False, 1, 1.0, 0),
        (None, "recall", True, 1, 1.0, None),
    ],
)
def test_quality(
    quality: int | None,
    kind: str,
    hint: bool,
    duration_ms: int | None,
    median_s: float | None,
    proposed: int | None,
) -> None:
    assert propose(quality, kind, hint, duration_ms, median_s) == proposed


def test_eight_lapses_and_every_fourth_after_propose_to_stop() -> None:
    assert [n for n in range(20) if is_leech(n)] == [8, 12, 16]
