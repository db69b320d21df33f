"""The gradient of the loss, and the first order of a step, in torch and in numpy."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import gradients, losses

logp = st.floats(-300, -0.01)
betas = st.floats(0.01, 5)
quadruples = st.lists(st.lists(logp, min_size=4, max_size=4), min_size=1, max_size=6)


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def columns(rows: list[list[float]]) -> list[torch.Tensor]:
    return list(torch.tensor(rows, dtype=torch.float64).T)


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
    for found, truth in zip(
        gradients.closed_form(margins, beta), expected, strict=True
    ):
        assert torch.allclose(found, truth, rtol=1e-9, atol=1e-12)


@given(st.floats(-40, 40))
@settings(deadline=None)
def test_the_weights_of_a_pair_and_its_swap_sum_to_one(margin: float) -> None:
    both = gradients.weight(tensor(margin, -margin)).sum()
    assert both.item() == pytest.approx(1, abs=1e-12)


vectors = st.lists(st.floats(-5, 5), min_size=4, max_size=4)


@given(vectors, vectors, st.floats(-5, 5))
@settings(deadline=None)
def test_to_first_order_chosen_falls_and_rejected_rises_never_together(
    gw: list[float], gl: list[float], margin: float
) -> None:
    both = torch.stack((tensor(*gw), tensor(*gl)))
    gram = (both @ both.T)[None]
    chosen, rejected = gradients.first_order(gram, tensor(margin), 0.5, 0.1)[0].tolist()
    assert chosen - rejected >= -1e-12
    assert not (chosen < -1e-9 and rejected > 1e-9)


def test_the_first_order_is_the_step_of_a_linear_model() -> None:
    gw, gl = tensor(1.0, 2.0, -0.5), tensor(0.5, 3.0, 1.0)
    theta = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    loss = losses.pair_losses(0.5 * (theta @ gw - theta @ gl) + 0.7)
    (slope,) = torch.autograd.grad(loss, theta)
    step = -0.01 * slope
    both = torch.stack((gw, gl))
    found = gradients.first_order((both @ both.T)[None], tensor(0.7), 0.5, 0.01)[0]
    assert torch.allclose(found, both @ step, atol=1e-15)


def test_the_weight_is_half_at_the_reference_and_finite_far_off() -> None:
    ref = tensor(-900, -3)
    same = gradients.gradient_weight(ref, ref - 1, ref, ref - 1, 0.3)
    assert same.tolist() == [0.5, 0.5]
    away = gradients.gradient_weight(ref + tensor(1000, -1000), ref, ref, ref, 1.0)
    assert away.tolist() == [0.0, 1.0]


def test_the_weight_carries_neither_beta_nor_the_size_of_the_batch() -> None:
    zero = tensor(0, 0, 0)
    found = gradients.gradient_weight(tensor(2, 2, 2), zero, zero, zero, 0.5)
    assert found.tolist() == pytest.approx([1 / (1 + math.e)] * 3)


sides = st.floats(-30, 30)


@given(quadruples, betas)
@settings(deadline=None)
def test_in_numpy_it_is_that_of_autograd_too(
    rows: list[list[float]], beta: float
) -> None:
    four = np.array(rows).T
    policy_and_reference = [torch.tensor(column) for column in four]
    policy = [one.requires_grad_() for one in policy_and_reference[:2]]
    loss = losses.dpo_loss(*policy_and_reference, beta=beta)
    expected = torch.autograd.grad(loss, policy)
    for found, truth in zip(gradients.dpo_gradient(*four, beta), expected, strict=True):
        np.testing.assert_allclose(found, truth.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("gap", "slope"), [(2000.0, 0.0), (-2000.0, 0.25), (0.0, 0.125)]
)
def test_it_is_finite_at_every_margin(gap: float, slope: float) -> None:
    zero, away = np.zeros(2), np.full(2, gap)
    chosen, rejected = gradients.dpo_gradient(away, zero, zero, zero, 0.5)
    assert chosen.tolist() == [-slope] * 2
    assert rejected.tolist() == [slope] * 2


@given(
    st.lists(st.lists(sides, min_size=3, max_size=3), min_size=2, max_size=2),
    st.floats(-9, 18),
    betas,
)
@settings(deadline=None)
def test_directions_are_the_signs_of_the_first_order(
    both_sides: list[list[float]], margin: float, beta: float
) -> None:
    both = np.array(both_sides)
    gram, margins = (both @ both.T)[None], np.array([margin])
    change = gradients.first_order(
        torch.tensor(gram), torch.tensor(margins), beta, 1e-3
    ).numpy()
    flat = 0.03
    found = gradients.predict_directions(gram, margins, beta, 1e-3, flat)
    sure = np.abs(np.abs(change) - flat) > 1e-9
    expected = np.where(np.abs(change) < flat, 0, np.sign(change))
    assert found.dtype == np.int64
    assert np.array_equal(found[sure], expected[sure])


def some_pairs() -> tuple[gradients.Floats, gradients.Floats]:
    rng = np.random.default_rng(5)
    both = rng.normal(size=(6, 2, 9))
    return both @ both.swapaxes(1, 2), rng.normal(0.0, 3.0, 6)


def test_the_changes_are_those_of_the_library_in_torch() -> None:
    gram, margin = some_pairs()
    found = gradients.predict_step(gram, margin, 0.3, 1e-2)
    expected = gradients.first_order(
        torch.tensor(gram), torch.tensor(margin), 0.3, 1e-2
    )
    assert np.allclose(np.stack(found, 1), expected.numpy(), rtol=1e-12, atol=0)


def test_a_pair_is_a_step_of_its_own_whatever_stands_beside_it() -> None:
    gram, margin = some_pairs()
    every = gradients.predict_step(gram, margin, 2.0, 1e-3)
    alone = gradients.predict_step(gram[2:3], margin[2:3], 2.0, 1e-3)
    assert [one[2] for one in every] == [one[0] for one in alone]


def test_a_real_step_on_log_probs_that_are_linear_moves_them_so_far() -> None:
    rng = np.random.default_rng(7)
    slopes = torch.tensor(rng.normal(size=(2, 5)))
    theta = torch.zeros(5, dtype=torch.float64, requires_grad=True)
    beta, lr, start = 0.7, 1e-3, 1.2
    chosen, rejected = slopes @ theta
    loss = losses.pair_losses(start + beta * (chosen - rejected))
    (gradient,) = torch.autograd.grad(loss, theta)
    moved = (slopes @ (-lr * gradient)).tolist()
    gram = (slopes @ slopes.T).numpy()[None]
    found = gradients.predict_step(gram, np.array([start]), beta, lr)
    assert [one.item() for one in found] == pytest.approx(moved, rel=1e-12)


def test_far_margins_are_finite() -> None:
    gram = np.array([[[2.0, 1.0], [1.0, 3.0]]] * 2)
    chosen, rejected = gradients.predict_step(gram, np.array([1e3, -1e3]), 0.5, 0.1)
    assert chosen.tolist() == pytest.approx([0.0, 0.05])
    assert rejected.tolist() == pytest.approx([0.0, -0.1])
