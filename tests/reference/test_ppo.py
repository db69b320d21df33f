"""The clipped loss, the advantages, the memory."""

import math

import pytest
import torch

from drillbox.reference import ppo


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize(
    ("ratio", "advantage", "loss"),
    [
        (1.5, 1.0, -1.2),  # gained enough: the clip holds
        (0.5, 1.0, -0.5),
        (1.5, -1.0, 1.5),  # the pessimistic side is never clipped
        (0.5, -1.0, 0.8),
        (1.0, 2.0, -2.0),
    ],
)
def test_the_clip_takes_the_pessimistic_side(
    ratio: float, advantage: float, loss: float
) -> None:
    logp, old = tensor(math.log(ratio) - 3), tensor(-3)
    found = ppo.clip_loss(logp, old, tensor(advantage), tensor(0.2))
    assert found.item() == pytest.approx(loss)


def test_gae_without_lambda_is_the_one_step_error() -> None:
    rewards, values = tensor(1, 2, 3), tensor(0.5, 0.25, 0.125)
    found = ppo.gae(rewards, values, tensor(0.9)[0], tensor(0)[0])
    expected = [1 + 0.9 * 0.25 - 0.5, 2 + 0.9 * 0.125 - 0.25, 3 - 0.125]
    assert found.tolist() == pytest.approx(expected)


def test_gae_with_lambda_1_is_the_return_less_the_value() -> None:
    rewards, values = tensor(1, 2, 3), tensor(0.5, 0.25, 0.125)
    found = ppo.gae(rewards, values, tensor(0.9)[0], tensor(1)[0])
    returns = [1 + 0.9 * 2 + 0.81 * 3, 2 + 0.9 * 3, 3]
    expected = [r - v for r, v in zip(returns, values.tolist(), strict=True)]
    assert found.tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("trained", "frozen", "gigabytes"), [(2, 2, 252), (1, 1, 126), (1, 0, 112)]
)
def test_seven_billion_parameters_need_this_memory(
    trained: int, frozen: int, gigabytes: int
) -> None:
    found = ppo.adamw_memory(tensor(trained), tensor(frozen), tensor(7))
    assert found.item() == gigabytes


@pytest.mark.parametrize(
    ("method", "ref_cached", "bytes_each"),
    [("ppo", False, 36), ("ppo", True, 36), ("dpo", False, 18), ("dpo", True, 16)],
)
def test_the_bill_is_an_exact_whole_number(
    method: str, ref_cached: bool, bytes_each: int
) -> None:
    many = 10**17 + 1
    found = ppo.memory_bytes(many, method, ref_cached)
    assert type(found) is int and found == bytes_each * many


def test_a_method_without_a_bill_is_refused() -> None:
    with pytest.raises(ValueError, match="'ppo' or 'dpo', not 'kto'"):
        ppo.memory_bytes(1, "kto", False)
