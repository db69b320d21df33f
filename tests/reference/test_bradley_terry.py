"""Rewards from a table of wins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drillbox.reference.bradley_terry import bt_fit

Wins = NDArray[np.int64]


def table(*rows: list[int]) -> Wins:
    return np.array(rows, dtype=np.int64)


def left_over(wins: Wins, theta: NDArray[np.float64]) -> float:
    """The largest gap between wins observed and expected, of all comparisons."""
    p = 1 / (1 + np.exp(theta - theta[:, None]))
    gap = wins.sum(1) - ((wins + wins.T) * p).sum(1)
    return float(np.abs(gap).max() / wins.sum())


def test_for_two_answers_the_fit_is_the_log_odds_of_the_wins() -> None:
    theta = bt_fit(table([0, 3], [1, 0]))
    assert theta.tolist() == pytest.approx([np.log(3) / 2, -np.log(3) / 2])


def test_a_circle_ranks_nobody() -> None:
    theta = bt_fit(table([0, 9, 1], [1, 0, 9], [9, 1, 0]))
    assert theta.tolist() == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_published_shape_of_table_is_fitted_as_by_hand() -> None:
    """In a chain each difference is the log-odds of its own pair."""
    theta = bt_fit(table([0, 8, 0], [2, 0, 30], [0, 10, 0]))
    assert np.diff(theta).tolist() == pytest.approx([-np.log(4), -np.log(3)])


@given(
    st.integers(2, 6),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.2, 0.6]),
    st.sampled_from([3, 100, 1_000_000]),
)
@settings(deadline=None, max_examples=150)
def test_wins_observed_are_wins_expected(
    count: int, seed: int, share: float, most: int
) -> None:
    rng = np.random.default_rng(seed)
    wins = rng.integers(1, most, (count, count)) * (rng.random((count, count)) < share)
    order = rng.permutation(count)
    np.fill_diagonal(wins, 0)
    wins[order, np.roll(order, 1)] += 1
    theta = bt_fit(wins)
    assert theta.dtype == np.float64 and theta.shape == (count,)
    assert left_over(wins, theta) < 1e-8
    assert abs(theta.mean()) < 1e-12


@pytest.mark.parametrize(
    "wins",
    [
        table([0, 10], [0, 0]),
        table([0, 0], [0, 0]),
        table([0, 2, 1, 1], [2, 0, 1, 1], [0, 0, 0, 3], [0, 0, 3, 0]),
        table([0, 2, 0, 0], [2, 0, 0, 0], [0, 0, 0, 3], [0, 0, 3, 0]),
        table([0, 1, 0], [1, 0, 0], [0, 1, 0]),
    ],
    ids=["never lost", "no wins", "one group above", "two groups", "never beaten"],
)
def test_without_wins_from_everyone_to_everyone_there_is_no_fit(wins: Wins) -> None:
    with pytest.raises(ValueError, match="no finite fit"):
        bt_fit(wins)
