"""From an answer to a proposed quality, 0 to 5 (DESIGN, section 5)."""

SLOW = 3.0  # times the learner's own median
NO_CLOCK_MS = 300_000  # over five minutes the learner was elsewhere
TIMED_KINDS = frozenset({"choice", "recall"})
LEECH_LAPSES = 8
LEECH_STEP = 4


def propose(
    quality: int | None,
    kind: str,
    hint: bool,
    duration_ms: int | None,
    median_s: float | None,
) -> int | None:
    """The quality proposed for an answer marked `quality`.

    duration_ms: None where time proposes nothing (plain mode). median_s: the learner's
    own median for this item or kind, None before there is one.
    """
    if quality is None or quality < 4:
        return quality
    if hint or _slow(kind, duration_ms, median_s):
        return 3
    return quality


def _slow(kind: str, duration_ms: int | None, median_s: float | None) -> bool:
    if kind not in TIMED_KINDS or duration_ms is None or median_s is None:
        return False
    return SLOW * median_s * 1000 < duration_ms <= NO_CLOCK_MS


def is_leech(lapses: int) -> bool:
    """Forgotten so often that suspending it or reading the drop again is better.

    True at 8 lapses and at every fourth one after.
    """
    return lapses >= LEECH_LAPSES and (lapses - LEECH_LAPSES) % LEECH_STEP == 0
