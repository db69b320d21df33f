"""KL, its estimators, the chain rule."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import divergence


def distribution(*weights: float) -> torch.Tensor:
    whole = torch.tensor(weights, dtype=torch.float64)
    return (whole / whole.sum()).log()


def test_kl_is_zero_for_equals_and_differs_by_direction() -> None:
    p, q = distribution(0.5, 0.3, 0.2), distribution(0.2, 0.3, 0.5)
    skewed = distribution(0.8, 0.1, 0.1)
    assert divergence.kl(p, p).item() == 0
    assert divergence.kl(p, q).item() == pytest.approx(0.3 * math.log(2.5))
    assert divergence.kl(p, skewed).item() != pytest.approx(
        divergence.kl(skewed, p).item()
    )


def test_an_outcome_that_never_happens_counts_nothing() -> None:
    p, q = distribution(0.5, 0.5, 0), distribution(0.25, 0.75, 0)
    assert divergence.kl(p, q).item() == pytest.approx(0.5 * math.log(4 / 3))


@given(st.lists(st.floats(0.05, 1), min_size=6, max_size=6))
@settings(deadline=None)
def test_k1_and_k3_are_unbiased_for_kl_and_k3_is_never_negative(
    weights: list[float],
) -> None:
    p, q = distribution(*weights[:3]), distribution(*weights[3:])
    truth = divergence.kl(p, q).item()
    for estimator in (divergence.k1, divergence.k3):
        mean = (p.exp() * estimator(p, q)).sum().item()
        assert mean == pytest.approx(truth, abs=1e-12)
    assert (divergence.k3(p, q) >= 0).all() and (divergence.k2(p, q) >= 0).all()


def test_k1_can_be_negative_where_kl_cannot() -> None:
    p, q = distribution(0.2, 0.8), distribution(0.6, 0.4)
    assert divergence.k1(p, q)[0].item() < 0 < divergence.kl(p, q).item()


def test_the_estimates_are_means_over_the_samples() -> None:
    logp, logq = torch.tensor([[-1.0, -2.0], [-1.5, -1.0]], dtype=torch.float64)
    found = [one.item() for one in divergence.kl_estimates(logp, logq)]
    k3 = (math.exp(-0.5) - 0.5 + math.exp(1.0) - 2.0) / 2
    assert found == pytest.approx([-0.25, (0.125 + 0.5) / 2, k3])


def test_every_row_has_its_own_and_a_p_of_zero_has_a_gradient() -> None:
    p, q = distribution(0.5, 0.5, 0), distribution(0.25, 0.5, 0.25)
    wanted = torch.zeros(2, 4, dtype=torch.float64)
    assert torch.equal(divergence.kl(p.expand(2, 4, 3), p.expand(2, 4, 3)), wanted)
    leaf = p.clone().requires_grad_()
    (slope,) = torch.autograd.grad(divergence.kl(leaf, q), leaf)
    assert slope.isfinite().all()


def test_without_support_it_is_infinite() -> None:
    p, q = distribution(0.5, 0.5), distribution(1, 0)
    assert divergence.kl(p, q).item() == math.inf


def test_the_kl_of_two_outcomes_in_a_row_is_that_of_the_pair() -> None:
    random = torch.Generator().manual_seed(2)
    p, q = torch.randn(2, 5, 3, 4, generator=random, dtype=torch.float64)
    p, q = (torch.log_softmax(x.flatten(1), 1).view(5, 3, 4) for x in (p, q))
    first = [x.logsumexp(-1) for x in (p, q)]
    then = [x - x.logsumexp(-1, keepdim=True) for x in (p, q)]
    parts = divergence.chain_rule(*first, *then)
    whole = divergence.kl(p.flatten(1), q.flatten(1))
    assert parts[0].shape == parts[1].shape == (5,)
    assert torch.allclose(parts[0] + parts[1], whole, atol=1e-14)
    assert (parts[0] > 0.01).all() and (parts[1] > 0.01).all()


def test_as_losses_the_estimators_have_other_gradients() -> None:
    """Exactly, over every outcome: E∇k1 = 0, E∇k2 = ∇KL(p‖q), E∇k3 = ∇KL(q‖p)."""
    q = distribution(0.2, 0.3, 0.5)
    scores = torch.tensor([0.3, -0.2, 0.9], dtype=torch.float64, requires_grad=True)
    share = torch.softmax(scores, -1).detach()

    def slope(value: torch.Tensor) -> torch.Tensor:
        return torch.autograd.grad(value, scores)[0]

    p = torch.log_softmax(scores, -1)
    found = [
        slope((share * one(torch.log_softmax(scores, -1), q)).sum())
        for one in (divergence.k1, divergence.k2, divergence.k3)
    ]
    reverse = slope(divergence.kl(p, q))
    forward = slope(divergence.kl(q, torch.log_softmax(scores, -1)))
    wanted = [torch.zeros_like(scores), reverse, forward]
    for one, other in zip(found, wanted, strict=True):
        assert torch.allclose(one, other, atol=1e-14)
