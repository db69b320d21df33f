"""The numpy forms agree with the torch library, and stay finite at the ends."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import by_hand, losses

logp = st.floats(-300, -0.01)
betas = st.floats(0.01, 5)
quadruples = st.lists(st.lists(logp, min_size=4, max_size=4), min_size=1, max_size=6)


@given(quadruples, betas)
@settings(deadline=None)
def test_the_gradient_is_that_of_autograd(rows: list[list[float]], beta: float) -> None:
    columns = np.array(rows).T
    policy_and_reference = [torch.tensor(column) for column in columns]
    policy = [one.requires_grad_() for one in policy_and_reference[:2]]
    loss = losses.dpo_loss(*policy_and_reference, beta=beta)
    expected = torch.autograd.grad(loss, policy)
    for found, truth in zip(
        by_hand.dpo_gradient(*columns, beta), expected, strict=True
    ):
        np.testing.assert_allclose(found, truth.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("gap", "slope"), [(2000.0, 0.0), (-2000.0, 0.25), (0.0, 0.125)]
)
def test_it_is_finite_at_every_margin(gap: float, slope: float) -> None:
    zero, away = np.zeros(2), np.full(2, gap)
    chosen, rejected = by_hand.dpo_gradient(away, zero, zero, zero, 0.5)
    assert chosen.tolist() == [-slope] * 2
    assert rejected.tolist() == [slope] * 2


sides = st.floats(-30, 30)


@given(
    st.lists(st.lists(sides, min_size=3, max_size=3), min_size=2, max_size=2),
    st.floats(-9, 18),
    betas,
)
@settings(deadline=None)
def test_directions_are_the_signs_of_the_first_order(
    gradients: list[list[float]], margin: float, beta: float
) -> None:
    both = np.array(gradients)
    gram, margins = (both @ both.T)[None], np.array([margin])
    change = losses.first_order(
        torch.tensor(gram), torch.tensor(margins), beta, 1e-3
    ).numpy()
    flat = 0.03
    found = by_hand.predict_directions(gram, margins, beta, 1e-3, flat)
    sure = np.abs(np.abs(change) - flat) > 1e-9
    expected = np.where(np.abs(change) < flat, 0, np.sign(change))
    assert found.dtype == np.int64
    assert np.array_equal(found[sure], expected[sure])
