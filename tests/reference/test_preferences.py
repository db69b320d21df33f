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


@given(rewards, rewards)
@settings(deadline=None)
def test_the_batch_form_of_a_preference_is_the_same(
    first: float, second: float
) -> None:
    found = p.bt_probability(tensor(first), tensor(second))
    wanted = p.preference_probability(tensor(first), tensor(second))
    assert found.tolist() == pytest.approx(wanted.tolist(), abs=1e-13)


def test_preferences_are_finite_at_the_ends_of_the_range() -> None:
    first, second = tensor(1e4, -1e4, 1e4), tensor(-1e4, 1e4, 1e4)
    assert p.bt_probability(first, second).tolist() == [1, 0, 0.5]


def test_the_loss_of_a_reward_model_is_minus_the_mean_log_probability() -> None:
    chosen, rejected = tensor(1.0, -0.5, 2.0), tensor(0.2, 0.7, 2.0)
    wanted = -p.bt_probability(chosen, rejected).log().mean()
    found = p.reward_model_loss(chosen, rejected)
    assert found.item() == pytest.approx(wanted.item(), rel=1e-12)


def test_the_loss_of_a_reward_model_keeps_its_slope_on_the_worst_pairs() -> None:
    chosen = tensor(-1000.0, 1000.0, 0.0).requires_grad_()
    loss = p.reward_model_loss(chosen, tensor(0, 0, 0))
    assert loss.item() == pytest.approx((1000 + math.log(2)) / 3)
    (slope,) = torch.autograd.grad(loss, chosen)
    assert slope.tolist() == pytest.approx([-1 / 3, 0, -1 / 6])


@given(st.lists(rewards, min_size=3, max_size=3), betas)
@settings(deadline=None)
def test_the_closed_form_in_probabilities_is_the_one_in_logs(
    values: list[float], beta: float
) -> None:
    ref = tensor(0.5, 0.3, 0.2)
    probs, log_z = p.closed_form_policy(ref, tensor(*values), beta)
    wanted = p.closed_form(ref.log(), tensor(*values), tensor(beta)[0])
    assert probs.tolist() == pytest.approx(wanted.exp().tolist(), abs=1e-12)
    wanted = p.log_partition(ref.log(), tensor(*values), tensor(beta)[0])
    assert log_z.item() == pytest.approx(wanted.item(), rel=1e-9, abs=1e-9)


def test_an_impossible_answer_with_the_highest_reward_does_no_harm() -> None:
    ref, reward = tensor(0.25, 0.75, 0), tensor(-1e4, 9e3, 1e4)
    probs, log_z = p.closed_form_policy(ref, reward, 1e-3)
    assert probs.tolist() == [0, 1, 0]
    assert log_z.item() == pytest.approx(9e6 + math.log(0.75), abs=1e-8)
