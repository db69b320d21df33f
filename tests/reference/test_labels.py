"""The probability of a label, told by two models."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import preferences
from drillbox.reference.labels import preference_probability

logps = st.lists(st.floats(-50, -0.1), min_size=2, max_size=2)


def row(values: list[float]) -> torch.Tensor:
    return torch.tensor([values], dtype=torch.float64)


@given(logps, logps, st.floats(0.01, 2), st.floats(-1e4, 1e4))
@settings(deadline=None)
def test_a_constant_for_the_prompt_changes_nothing(
    policy: list[float], ref: list[float], beta: float, shift: float
) -> None:
    plain = preference_probability(row(policy), row(ref), beta)
    moved = preference_probability(row(policy) + shift, row(ref), beta)
    assert torch.allclose(plain, moved, rtol=1e-8, atol=1e-12)


@given(logps, logps, st.floats(0.01, 2))
@settings(deadline=None)
def test_it_is_bradley_terry_of_the_implicit_rewards(
    policy: list[float], ref: list[float], beta: float
) -> None:
    found = preference_probability(row(policy), row(ref), beta)
    rewards = preferences.implicit_reward(row(policy), row(ref), beta)
    wanted = preferences.bt_probability(rewards[:, 0], rewards[:, 1])
    assert found.tolist() == pytest.approx(wanted.tolist(), abs=1e-12)


def test_the_optimal_policy_gives_back_the_preference_of_its_reward() -> None:
    ref = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64)
    rewards = torch.tensor([0.0, 1.0, 2.0], dtype=torch.float64)
    best, _ = preferences.closed_form_policy(ref, rewards, 0.7)
    found = preference_probability(
        best[None, [0, 2]].log(), ref[None, [0, 2]].log(), 0.7
    )
    assert found.item() == pytest.approx(torch.sigmoid(rewards[0] - rewards[2]).item())
