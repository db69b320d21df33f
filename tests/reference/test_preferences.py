"""Rewards, preferences, and rewards from a table of wins."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drillbox.reference import preferences as p

Wins = NDArray[np.int64]
rewards = st.floats(-20, 20)


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize(
    ("difference", "probability"),
    [(0, 0.5), (1, 0.7310585786), (2, 0.8807970780), (math.log(9), 0.9)],
)
def test_a_reward_difference_gives_this_preference(
    difference: float, probability: float
) -> None:
    found = p.preference_probability(tensor(difference), tensor(0))
    assert found.item() == pytest.approx(probability, abs=1e-10)


@given(rewards, rewards, rewards)
@settings(deadline=None)
def test_a_constant_on_both_rewards_changes_no_preference(
    w: float, loser: float, shift: float
) -> None:
    plain = p.preference_probability(tensor(w), tensor(loser))
    shifted = p.preference_probability(tensor(w + shift), tensor(loser + shift))
    assert torch.allclose(plain, shifted, atol=1e-12)


@given(rewards, rewards)
@settings(deadline=None)
def test_one_of_the_two_is_preferred(w: float, loser: float) -> None:
    one = p.preference_probability(tensor(w), tensor(loser))
    other = p.preference_probability(tensor(loser), tensor(w))
    assert (one + other).item() == pytest.approx(1, abs=1e-12)


def test_a_nat_is_about_174_elo_points() -> None:
    assert p.elo_difference(tensor(1)).item() == pytest.approx(173.7178, abs=1e-4)


def test_preferences_are_finite_at_the_ends_of_the_range() -> None:
    first, second = tensor(1e4, -1e4, 1e4), tensor(-1e4, 1e4, 1e4)
    assert p.preference_probability(first, second).tolist() == [1, 0, 0.5]


def test_the_loss_of_a_reward_model_is_minus_the_mean_log_probability() -> None:
    chosen, rejected = tensor(1.0, -0.5, 2.0), tensor(0.2, 0.7, 2.0)
    wanted = -p.preference_probability(chosen, rejected).log().mean()
    found = p.reward_model_loss(chosen, rejected)
    assert found.item() == pytest.approx(wanted.item(), rel=1e-12)


def test_the_loss_of_a_reward_model_keeps_its_slope_on_the_worst_pairs() -> None:
    chosen = tensor(-1000.0, 1000.0, 0.0).requires_grad_()
    loss = p.reward_model_loss(chosen, tensor(0, 0, 0))
    assert loss.item() == pytest.approx((1000 + math.log(2)) / 3)
    (slope,) = torch.autograd.grad(loss, chosen)
    assert slope.tolist() == pytest.approx([-1 / 3, 0, -1 / 6])


@pytest.mark.parametrize(
    ("x", "value", "slope"),
    [
        (0.0, -math.log(2), 0.5),
        (10_000.0, 0.0, 0.0),
        (-10_000.0, -10_000.0, 1.0),
        (2.16, -0.10915, 0.10340),
    ],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_log_sigmoid_and_its_slope(
    x: float, value: float, slope: float, dtype: torch.dtype
) -> None:
    at = torch.tensor(x, dtype=dtype, requires_grad=True)
    found = p.log_sigmoid(at)
    (gradient,) = torch.autograd.grad(found, at)
    assert found.dtype == dtype and found.shape == ()
    assert found.item() == pytest.approx(value, abs=1e-5)
    assert gradient.item() == pytest.approx(slope, abs=1e-5)


@given(st.floats(-10_000, 10_000))
@settings(deadline=None)
def test_the_log_sigmoid_is_that_of_torch(x: float) -> None:
    found = p.log_sigmoid(tensor(x))
    assert torch.allclose(found, torch.nn.functional.logsigmoid(tensor(x)), rtol=1e-12)


@pytest.mark.parametrize("x", [-60.0, 0.0, 60.0])
def test_the_log_sigmoid_has_a_slope_of_its_own_everywhere(x: float) -> None:
    at = tensor(x).requires_grad_()
    assert torch.autograd.gradcheck(p.log_sigmoid, at)


def table(*rows: list[int]) -> Wins:
    return np.array(rows, dtype=np.int64)


def left_over(wins: Wins, theta: NDArray[np.float64]) -> float:
    """The largest gap between wins observed and expected, of all comparisons."""
    won = 1 / (1 + np.exp(theta - theta[:, None]))
    gap = wins.sum(1) - ((wins + wins.T) * won).sum(1)
    return float(np.abs(gap).max() / wins.sum())


def test_for_two_answers_the_fit_is_the_log_odds_of_the_wins() -> None:
    theta = p.bt_fit(table([0, 3], [1, 0]))
    assert theta.tolist() == pytest.approx([np.log(3) / 2, -np.log(3) / 2])


def test_a_circle_ranks_nobody() -> None:
    theta = p.bt_fit(table([0, 9, 1], [1, 0, 9], [9, 1, 0]))
    assert theta.tolist() == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_published_shape_of_table_is_fitted_as_by_hand() -> None:
    """In a chain each difference is the log-odds of its own pair."""
    theta = p.bt_fit(table([0, 8, 0], [2, 0, 30], [0, 10, 0]))
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
    theta = p.bt_fit(wins)
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
        p.bt_fit(wins)
