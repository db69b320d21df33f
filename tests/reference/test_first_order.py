"""What one SGD step does to both log-probs, to first order."""

import numpy as np
import pytest
import torch

from drillbox.reference import first_order, losses


def some_pairs() -> tuple[first_order.Floats, first_order.Floats]:
    rng = np.random.default_rng(5)
    both = rng.normal(size=(6, 2, 9))
    return both @ both.swapaxes(1, 2), rng.normal(0.0, 3.0, 6)


def test_the_changes_are_those_of_the_library_in_torch() -> None:
    gram, margin = some_pairs()
    found = first_order.predict_step(gram, margin, 0.3, 1e-2)
    expected = losses.first_order(torch.tensor(gram), torch.tensor(margin), 0.3, 1e-2)
    assert np.allclose(np.stack(found, 1), expected.numpy(), rtol=1e-12, atol=0)


def test_a_pair_is_a_step_of_its_own_whatever_stands_beside_it() -> None:
    gram, margin = some_pairs()
    every = first_order.predict_step(gram, margin, 2.0, 1e-3)
    alone = first_order.predict_step(gram[2:3], margin[2:3], 2.0, 1e-3)
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
    found = first_order.predict_step(gram, np.array([start]), beta, lr)
    assert [one.item() for one in found] == pytest.approx(moved, rel=1e-12)


def test_far_margins_are_finite() -> None:
    gram = np.array([[[2.0, 1.0], [1.0, 3.0]]] * 2)
    chosen, rejected = first_order.predict_step(gram, np.array([1e3, -1e3]), 0.5, 0.1)
    assert chosen.tolist() == pytest.approx([0.0, 0.05])
    assert rejected.tolist() == pytest.approx([0.0, -0.1])
