"""The DPO loss, its gradient, and the first order of a step."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import losses

logp = st.floats(-300, -0.01)
betas = st.floats(0.01, 5)


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def columns(rows: list[list[float]]) -> list[torch.Tensor]:
    return list(torch.tensor(rows, dtype=torch.float64).T)


quadruples = st.lists(st.lists(logp, min_size=4, max_size=4), min_size=1, max_size=6)


def test_where_the_policy_is_the_reference_the_loss_is_ln_2() -> None:
    chosen, rejected = tensor(-3, -90), tensor(-50, -1)
    loss = losses.dpo_loss(chosen, rejected, chosen, rejected, 0.3)
    assert loss.item() == pytest.approx(math.log(2), abs=1e-15)


@pytest.mark.parametrize(("margin", "loss"), [(2.16, 0.10915), (-2.16, 2.26915)])
def test_a_margin_gives_this_loss(margin: float, loss: float) -> None:
    assert losses.pair_losses(tensor(margin)).item() == pytest.approx(loss, abs=1e-5)


@given(quadruples, betas, st.floats(-50, 50))
@settings(deadline=None)
def test_a_constant_on_both_answers_of_a_prompt_changes_nothing(
    rows: list[list[float]], beta: float, shift: float
) -> None:
    pc, pr, rc, rr = columns(rows)
    plain = losses.dpo_loss(pc, pr, rc, rr, beta)
    shifted = losses.dpo_loss(pc + shift, pr + shift, rc, rr, beta)
    assert torch.allclose(plain, shifted, rtol=1e-9, atol=1e-9)


@given(quadruples, betas)
@settings(deadline=None)
def test_the_hand_made_gradient_is_that_of_autograd(
    rows: list[list[float]], beta: float
) -> None:
    pc, pr, rc, rr = columns(rows)
    pc.requires_grad_()
    pr.requires_grad_()
    loss = losses.dpo_loss(pc, pr, rc, rr, beta)
    expected = torch.autograd.grad(loss, (pc, pr))
    margins = losses.margin(pc, pr, rc, rr, beta).detach()
    for found, truth in zip(losses.dpo_gradient(margins, beta), expected, strict=True):
        assert torch.allclose(found, truth, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("margin", [-1000.0, 1000.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_extreme_margins_stay_finite_with_their_gradient(
    margin: float, dtype: torch.dtype
) -> None:
    at = torch.tensor([margin], dtype=dtype, requires_grad=True)
    loss = losses.pair_losses(at)
    (slope,) = torch.autograd.grad(loss.sum(), at)
    assert loss.item() == max(0.0, -margin)
    assert slope.item() == (-1.0 if margin < 0 else 0.0)


@given(st.floats(-40, 40), betas)
@settings(deadline=None)
def test_beta_and_gap_count_only_through_their_product(h: float, beta: float) -> None:
    zero = tensor(0)
    scaled = losses.dpo_loss(tensor(h), zero, zero, zero, beta)
    single = losses.dpo_loss(tensor(beta * h), zero, zero, zero, 1.0)
    assert scaled.item() == pytest.approx(single.item(), rel=1e-12, abs=1e-15)


@given(st.floats(-40, 40))
@settings(deadline=None)
def test_the_weights_of_a_pair_and_its_swap_sum_to_one(margin: float) -> None:
    both = losses.gradient_weight(tensor(margin, -margin)).sum()
    assert both.item() == pytest.approx(1, abs=1e-12)


vectors = st.lists(st.floats(-5, 5), min_size=4, max_size=4)


@given(vectors, vectors, st.floats(-5, 5))
@settings(deadline=None)
def test_to_first_order_chosen_falls_and_rejected_rises_never_together(
    gw: list[float], gl: list[float], margin: float
) -> None:
    both = torch.stack((tensor(*gw), tensor(*gl)))
    gram = (both @ both.T)[None]
    chosen, rejected = losses.first_order(gram, tensor(margin), 0.5, 0.1)[0].tolist()
    assert chosen - rejected >= -1e-12
    assert not (chosen < -1e-9 and rejected > 1e-9)


def test_the_first_order_is_the_step_of_a_linear_model() -> None:
    gw, gl = tensor(1.0, 2.0, -0.5), tensor(0.5, 3.0, 1.0)
    theta = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    loss = losses.pair_losses(0.5 * (theta @ gw - theta @ gl) + 0.7)
    (slope,) = torch.autograd.grad(loss, theta)
    step = -0.01 * slope
    both = torch.stack((gw, gl))
    found = losses.first_order((both @ both.T)[None], tensor(0.7), 0.5, 0.01)[0]
    assert torch.allclose(found, both @ step, atol=1e-15)


def test_the_targets_of_ipo_and_cdpo_are_where_their_losses_are_least() -> None:
    assert losses.ipo_target(tensor(0.1)).item() == pytest.approx(5)
    margin = losses.cdpo_target(tensor(0.1)).requires_grad_()
    smoothed = 0.9 * losses.pair_losses(margin) + 0.1 * losses.pair_losses(-margin)
    (slope,) = torch.autograd.grad(smoothed.sum(), margin)
    assert margin.item() == pytest.approx(math.log(9))
    assert slope.item() == pytest.approx(0, abs=1e-15)


def test_rdpo_pulls_less_on_a_pair_whose_chosen_answer_is_longer() -> None:
    h = tensor(0.0, 0.0).requires_grad_()
    lengths = tensor(20, 10), tensor(10, 20)
    loss = losses.rdpo_loss(h, 0.5, 0.1, *lengths)
    (slope,) = torch.autograd.grad(loss.sum(), h)
    assert abs(slope[0].item()) < abs(slope[1].item())


def test_the_length_normalised_margin_divides_each_side_by_its_own_length() -> None:
    dw, lw, dl, ll = (tensor(value) for value in (6.0, 3, -8.0, 4))
    found = losses.length_normalised_margin(dw, lw, dl, ll, 2.0)
    assert found.item() == 2 * (2 + 2)
