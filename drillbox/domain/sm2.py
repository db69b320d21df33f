"""SM-2: one review turns a state into the next.

Source: P. A. Woźniak, "Optimization of learning" (1990), section 3.2, and the Delphi
source he published. The two differ; this is the order of the Delphi source (the
interval grows by the EF *before* this review; the EF moves on every review, failed
ones too) with the rounding up of the 1990 text. Whole numbers only: with floats
15 × 2.5 and its like come out a day wrong.
"""

from dataclasses import dataclass

MIN_EF = 130
MAX_INTERVAL = 36_500
_EF_CHANGE = {5: 10, 4: 0, 3: -14, 2: -32, 1: -54, 0: -80}


@dataclass(frozen=True, slots=True)
class State:
    """What SM-2 remembers of an item.

    ef: easiness factor in hundredths (250 is 2.50), never below 130.
    n: passed reviews in a row.
    interval: days from the last review to the next; 0 before the first.
    """

    ef: int = 250
    n: int = 0
    interval: int = 0


def review(state: State, quality: int) -> State:
    """The state after a review answered with `quality`, a whole number from 0 to 5.

    Raises ValueError for any other quality.
    """
    if type(quality) is not int or quality not in _EF_CHANGE:
        raise ValueError(f"quality must be a whole number from 0 to 5, not {quality!r}")
    ef = max(MIN_EF, state.ef + _EF_CHANGE[quality])
    if quality < 3:
        return State(ef, 0, 1)
    return State(ef, state.n + 1, min(MAX_INTERVAL, _next_interval(state)))


def _next_interval(state: State) -> int:
    if state.n == 0:
        return 1
    if state.n == 1:
        return 6
    return -(-state.interval * state.ef // 100)  # ceil, exactly
