"""Bytes."""

import pytest
import torch

from drillbox.reference import memory


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize(
    ("trained", "frozen", "gigabytes"), [(2, 2, 252), (1, 1, 126), (1, 0, 112)]
)
def test_seven_billion_parameters_need_this_memory(
    trained: int, frozen: int, gigabytes: int
) -> None:
    found = memory.adamw_memory(tensor(trained), tensor(frozen), tensor(7))
    assert found.item() == gigabytes


@pytest.mark.parametrize(
    ("method", "ref_cached", "bytes_each"),
    [("ppo", False, 36), ("ppo", True, 36), ("dpo", False, 18), ("dpo", True, 16)],
)
def test_the_bill_is_an_exact_whole_number(
    method: str, ref_cached: bool, bytes_each: int
) -> None:
    many = 10**17 + 1
    found = memory.memory_bytes(many, method, ref_cached)
    assert type(found) is int and found == bytes_each * many


def test_a_method_without_a_bill_is_refused() -> None:
    with pytest.raises(ValueError, match="'ppo' or 'dpo', not 'kto'"):
        memory.memory_bytes(1, "kto", False)


@pytest.mark.parametrize(
    ("trained", "frozen", "each"), [(2, 2, 40), (1, 1, 20), (1, 0, 16)]
)
def test_in_fp32_a_frozen_parameter_has_four_bytes(
    trained: int, frozen: int, each: int
) -> None:
    assert memory.model_bytes(trained, frozen, 1000, "fp32") == 1000 * each


def test_adam_in_fp32_holds_what_the_account_says() -> None:
    """Measured on tensors: weights, gradients and AdamW's two moments."""
    model = torch.nn.Linear(30, 20, bias=False)
    optimizer = torch.optim.AdamW(model.parameters())
    model(torch.ones(30)).sum().backward()
    optimizer.step()
    found = memory.held(model, optimizer)
    each = 4 * model.weight.numel()
    assert (found.weights, found.gradients) == (each, each)
    assert found.optimizer == 2 * each + 4  # and the number of the step
    assert found.total - 4 == memory.model_bytes(1, 0, model.weight.numel(), "fp32")


def test_a_frozen_model_holds_its_weights_alone_and_shared_ones_once() -> None:
    model = torch.nn.Linear(30, 20, bias=False).requires_grad_(False)
    assert memory.held(model) == memory.Held(4 * 600, 0, 0)
    twice = torch.nn.ModuleList((model, model))
    twice.register_buffer("view", model.weight[:3].detach())
    assert memory.held(twice).total == 4 * 600
