"""The log-sigmoid, the weight of a pair, the metrics of a batch."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import margins


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


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
    found = margins.log_sigmoid(at)
    (gradient,) = torch.autograd.grad(found, at)
    assert found.dtype == dtype and found.shape == ()
    assert found.item() == pytest.approx(value, abs=1e-5)
    assert gradient.item() == pytest.approx(slope, abs=1e-5)


@given(st.floats(-10_000, 10_000))
@settings(deadline=None)
def test_the_log_sigmoid_is_that_of_torch(x: float) -> None:
    found = margins.log_sigmoid(tensor(x))
    assert torch.allclose(found, torch.nn.functional.logsigmoid(tensor(x)), rtol=1e-12)


def test_the_weight_is_half_at_the_reference_and_finite_far_off() -> None:
    ref = tensor(-900, -3)
    same = margins.gradient_weight(ref, ref - 1, ref, ref - 1, 0.3)
    assert same.tolist() == [0.5, 0.5]
    away = margins.gradient_weight(ref + tensor(1000, -1000), ref, ref, ref, 1.0)
    assert away.tolist() == [0.0, 1.0]


def test_the_weight_carries_neither_beta_nor_the_size_of_the_batch() -> None:
    zero = tensor(0, 0, 0)
    found = margins.gradient_weight(tensor(2, 2, 2), zero, zero, zero, 0.5)
    assert found.tolist() == pytest.approx([1 / (1 + math.e)] * 3)


def test_the_two_accuracies_answer_different_questions_and_a_tie_is_not_won() -> None:
    policy = tensor(-10, -10, -3, -8), tensor(-12, -9, -3, -6)
    ref = tensor(-9, -13, -4, -8), tensor(-12, -9, -4, -8)
    found = margins.pair_metrics(*policy, *ref, 0.5)
    # Log-ratios: −1 against 0, 3 against 0, 1 against 1, 0 against 2
    assert [one.item() for one in found] == pytest.approx([0.0, 0.25, 0.25])
    assert all(one.shape == () and one.dtype == torch.float64 for one in found)


def test_where_policy_and_reference_agree_no_pair_is_won() -> None:
    chosen, rejected = tensor(-3.1, -7.7, -2.2), tensor(-9.3, -1.3, -2.4)
    found = margins.pair_metrics(chosen, rejected, chosen, rejected, 0.3)
    assert [one.item() for one in found] == pytest.approx([0, 0, 2 / 3])
