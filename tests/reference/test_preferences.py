"""Rewards, preferences and the optimal policy."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import preferences as p

rewards = st.floats(-20, 20)
betas = st.floats(0.05, 5)


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


@given(st.lists(rewards, min_size=3, max_size=3), betas)
@settings(deadline=None)
def test_the_optimal_policy_is_a_distribution_and_reaches_beta_log_z(
    values: list[float], beta: float
) -> None:
    ref = torch.log_softmax(tensor(0.3, -1.0, 0.7), -1)
    reward, price = tensor(*values), tensor(beta)[0]
    best = p.closed_form(ref, reward, price)
    kl = (best.exp() * (best - ref)).sum()
    objective = (best.exp() * reward).sum() - price * kl
    assert best.exp().sum().item() == pytest.approx(1)
    log_z = p.log_partition(ref, reward, price)
    assert objective.item() == pytest.approx((price * log_z).item(), abs=1e-9)


@given(st.lists(rewards, min_size=3, max_size=3), betas)
@settings(deadline=None)
def test_the_implicit_reward_gives_back_reward_differences(
    values: list[float], beta: float
) -> None:
    ref = torch.log_softmax(tensor(0.3, -1.0, 0.7), -1)
    reward, price = tensor(*values), tensor(beta)[0]
    found = p.implicit_reward(p.closed_form(ref, reward, price), ref, price)
    assert torch.allclose(found - found[0], reward - reward[0], atol=1e-9)


def test_an_answer_the_reference_never_gives_stays_at_zero() -> None:
    ref = tensor(0.5, 0.5, 0.0).log()
    best = p.closed_form(ref, tensor(0, 0, 1000), tensor(0.1)[0])
    assert best.exp().tolist() == pytest.approx([0.5, 0.5, 0])


def test_at_the_target_gap_the_fitted_preference_is_the_asked_one() -> None:
    gap = p.target_log_ratio(tensor(0.9), 0.1)
    assert torch.sigmoid(0.1 * gap).item() == pytest.approx(0.9)
    assert gap.item() == pytest.approx(21.972, abs=1e-3)
