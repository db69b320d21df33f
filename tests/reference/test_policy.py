"""The best policy for a reward, the reward of a policy, the label it implies."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import policy as p
from drillbox.reference.preferences import preference_probability

rewards = st.floats(-20, 20)
betas = st.floats(0.05, 5)
logps = st.lists(st.floats(-50, -0.1), min_size=2, max_size=2)


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


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


def test_one_beta_for_each_prompt_is_as_each_alone() -> None:
    ref = torch.log_softmax(tensor(0.3, -1.0, 0.7), -1).expand(2, 3)
    reward, beta = torch.stack((tensor(1, 2, 3), tensor(-4, 0, 9))), tensor(0.5, 2.0)
    best, log_z = p.closed_form(ref, reward, beta), p.log_partition(ref, reward, beta)
    for row, price in enumerate((0.5, 2.0)):
        alone = p.closed_form(ref[row], reward[row], price)
        assert torch.allclose(best[row], alone, atol=1e-14)
        assert torch.allclose(log_z[row], p.log_partition(ref[row], reward[row], price))


def row(values: list[float]) -> torch.Tensor:
    return torch.tensor([values], dtype=torch.float64)


@given(logps, logps, st.floats(0.01, 2), st.floats(-1e4, 1e4))
@settings(deadline=None)
def test_a_constant_for_the_prompt_changes_nothing(
    policy: list[float], ref: list[float], beta: float, shift: float
) -> None:
    plain = p.implied_preference(row(policy), row(ref), beta)
    moved = p.implied_preference(row(policy) + shift, row(ref), beta)
    assert torch.allclose(plain, moved, rtol=1e-8, atol=1e-12)


@given(logps, logps, st.floats(0.01, 2))
@settings(deadline=None)
def test_it_is_bradley_terry_of_the_implicit_rewards(
    policy: list[float], ref: list[float], beta: float
) -> None:
    found = p.implied_preference(row(policy), row(ref), beta)
    rewards = p.implicit_reward(row(policy), row(ref), beta)
    wanted = preference_probability(rewards[:, 0], rewards[:, 1])
    assert found.tolist() == pytest.approx(wanted.tolist(), abs=1e-12)


def test_the_optimal_policy_gives_back_the_preference_of_its_reward() -> None:
    ref = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
    rewards = torch.tensor([0.0, 1.0, 2.0], dtype=torch.float64)
    best, _ = p.closed_form_policy(ref, rewards, 0.7)
    found = p.implied_preference(best[None, [0, 2]].log(), ref[None, [0, 2]].log(), 0.7)
    assert found.item() == pytest.approx(torch.sigmoid(rewards[0] - rewards[2]).item())
