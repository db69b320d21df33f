from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.sm2 import MAX_INTERVAL, MIN_EF, State, review

QUALITIES = st.integers(0, 5)
STATES = st.builds(
    State, st.integers(MIN_EF, 400), st.integers(0, 20), st.integers(1, MAX_INTERVAL)
)


def states(qualities: list[int]) -> list[tuple[int, int, int]]:
    state, found = State(), []
    for quality in qualities:
        state = review(state, quality)
        found.append((state.ef, state.n, state.interval))
    return found


@pytest.mark.parametrize(
    ("qualities", "expected"),
    [
        ([4], [(250, 1, 1)]),
        (
            [4, 4, 4, 4, 4],
            [(250, 1, 1), (250, 2, 6), (250, 3, 15), (250, 4, 38), (250, 5, 95)],
        ),
        (
            [5, 5, 5, 5, 5],
            [(260, 1, 1), (270, 2, 6), (280, 3, 17), (290, 4, 48), (300, 5, 140)],
        ),
        (
            [5, 4, 3, 4, 5],
            [(260, 1, 1), (260, 2, 6), (246, 3, 16), (246, 4, 40), (256, 5, 99)],
        ),
        ([0, 0, 0, 0], [(170, 0, 1), (130, 0, 1), (130, 0, 1), (130, 0, 1)]),
    ],
)
def test_a_history_gives_these_states(
    qualities: list[int], expected: list[tuple[int, int, int]]
) -> None:
    assert states(qualities) == expected


def test_ten_threes_end_on_the_floor_of_the_easiness() -> None:
    found = states([3] * 10)
    assert [ef for ef, _, _ in found] == [
        236, 222, 208, 194, 180, 166, 152, 138, 130, 130
    ]  # fmt: skip
    assert [days for _, _, days in found] == [
        1, 6, 14, 30, 59, 107, 178, 271, 374, 487
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("qualities", "after"),
    [
        ([4, 4, 4, 2], (218, 0, 1)),
        ([4, 4, 4, 2, 4], (218, 1, 1)),
        ([4, 4, 4, 2, 4, 4], (218, 2, 6)),
        ([4, 4, 4, 2, 4, 4, 4], (218, 3, 14)),
        ([5, 5, 5, 0], (200, 0, 1)),
        ([5, 5, 5, 0, 5, 5, 5], (230, 3, 14)),
    ],
)
def test_a_lapse_starts_the_intervals_again_and_keeps_the_lower_easiness(
    qualities: list[int], after: tuple[int, int, int]
) -> None:
    assert states(qualities)[-1] == after


def test_whole_numbers_give_350_days_where_doubles_give_351() -> None:
    assert ceil(125 * (2.5 + 0.1 + 0.1 + 0.1)) == 351
    assert states([5, 5, 4, 4, 5, 3])[-1][2] == 350


def test_ten_fives_stop_at_a_hundred_years() -> None:
    found = [days for _, _, days in states([5] * 10)]
    assert found == [1, 6, 17, 48, 140, 420, 1302, 4167, 13752, MAX_INTERVAL]


@pytest.mark.parametrize(
    ("quality", "ef", "interval", "n"),
    [
        (0, 150, 1, 0),
        (1, 176, 1, 0),
        (2, 198, 1, 0),
        (3, 216, 28, 4),
        (4, 230, 28, 4),
        (5, 240, 28, 4),
    ],
)
def test_one_review_of_a_card_known_for_three(
    quality: int, ef: int, interval: int, n: int
) -> None:
    assert review(State(230, 3, 12), quality) == State(ef, n, interval)


@pytest.mark.parametrize(
    ("quality", "change"), [(5, 10), (4, 0), (3, -14), (2, -32), (1, -54), (0, -80)]
)
def test_the_change_of_easiness_is_wozniaks_formula(quality: int, change: int) -> None:
    miss = 5 - quality
    formula = Fraction(1, 10) - miss * (Fraction(8, 100) + miss * Fraction(2, 100))
    assert formula * 100 == change
    assert review(State(250, 3, 15), quality).ef - 250 == change


@pytest.mark.parametrize("quality", [-1, 6, 7, 3.0, 4.5, "4", None, True, False])
def test_any_other_quality_is_a_value_error(quality: Any) -> None:
    with pytest.raises(ValueError, match="whole number from 0 to 5"):
        review(State(), quality)


@given(STATES, QUALITIES)
def test_the_easiness_never_falls_below_130(state: State, quality: int) -> None:
    assert review(state, quality).ef >= MIN_EF


@given(STATES, st.integers(3, 5))
def test_a_pass_counts_one_more_and_a_later_one_is_never_sooner(
    state: State, quality: int
) -> None:
    after = review(state, quality)
    assert after.n == state.n + 1
    if state.n >= 2:
        assert after.interval == min(
            MAX_INTERVAL, ceil(state.interval * state.ef / 100)
        )
        assert after.interval > state.interval or after.interval == MAX_INTERVAL


@given(STATES, st.integers(0, 2))
def test_a_fail_is_due_tomorrow_whatever_was_before(state: State, quality: int) -> None:
    after = review(state, quality)
    assert (after.n, after.interval) == (0, 1)


@given(STATES)
def test_a_four_leaves_the_easiness_alone(state: State) -> None:
    assert review(state, 4).ef == state.ef


@given(STATES, QUALITIES)
def test_a_better_answer_never_brings_the_card_back_sooner(
    state: State, following: int
) -> None:
    after = [review(review(state, quality), following) for quality in range(6)]
    assert all(a.interval <= b.interval and a.ef <= b.ef for a, b in pairwise(after))


@given(st.lists(QUALITIES, max_size=12), st.lists(QUALITIES, max_size=12))
def test_a_history_in_two_parts_is_the_whole_history(
    first: list[int], second: list[int]
) -> None:
    state = State(*states(first)[-1]) if first else State()
    for quality in second:
        state = review(state, quality)
    whole = states(first + second)
    assert (state.ef, state.n, state.interval) == (whole[-1] if whole else (250, 0, 0))
