"""Summed log-probs, KL and its estimators."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import logprobs


def two_rows() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(3)
    logits = torch.randn(2, 5, 7, generator=generator, dtype=torch.float64)
    ids = torch.randint(7, (2, 5), generator=generator)
    mask = torch.tensor([[0, 0, 1, 1, 1], [0, 1, 1, 0, 0]]).bool()
    return logits, ids, mask


def test_a_completion_is_scored_word_by_word_one_place_earlier() -> None:
    logits, ids, mask = two_rows()
    expected = [0.0, 0.0]
    for row in range(2):
        for t in range(1, 5):
            if mask[row, t]:
                scores = logits[row, t - 1]
                expected[row] += (
                    scores[ids[row, t]] - torch.logsumexp(scores, 0)
                ).item()
    found = logprobs.sequence_logprobs(logits, ids, mask)
    assert found.tolist() == pytest.approx(expected, abs=1e-12)


def test_a_constant_on_the_scores_of_one_place_changes_nothing() -> None:
    logits, ids, mask = two_rows()
    shift = torch.randn(2, 5, 1, dtype=torch.float64)
    plain = logprobs.sequence_logprobs(logits, ids, mask)
    moved = logprobs.sequence_logprobs(logits + shift, ids, mask)
    assert torch.allclose(plain, moved, atol=1e-12)


def test_a_row_without_completion_scores_zero_whatever_its_logits_are() -> None:
    logits, ids, mask = two_rows()
    logits[1] = torch.nan
    mask[1] = False
    found = logprobs.sequence_logprobs(logits, ids, mask)
    assert found[1].item() == 0 and math.isfinite(found[0].item())


def test_what_stands_behind_the_completion_is_not_scored() -> None:
    logits, ids, mask = two_rows()
    plain = logprobs.sequence_logprobs(logits, ids, mask)
    ids[1, 3:] = (ids[1, 3:] + 1) % 7
    assert torch.equal(plain, logprobs.sequence_logprobs(logits, ids, mask))


def test_bfloat16_logits_are_scored_in_float32() -> None:
    logits, ids, mask = two_rows()
    low = logits.bfloat16()
    found = logprobs.sequence_logprobs(low, ids, mask)
    exact = logprobs.sequence_logprobs(low.double(), ids, mask)
    assert found.dtype == torch.float32
    assert torch.allclose(found.double(), exact, rtol=1e-6)


def test_one_place_alone_has_no_predictor_and_scores_zero() -> None:
    logits, ids, _ = two_rows()
    found = logprobs.sequence_logprobs(logits[:, :1], ids[:, :1], ids[:, :1] < 0)
    assert found.tolist() == [0.0, 0.0]


def distribution(*weights: float) -> torch.Tensor:
    whole = torch.tensor(weights, dtype=torch.float64)
    return (whole / whole.sum()).log()


def test_kl_is_zero_for_equals_and_differs_by_direction() -> None:
    p, q = distribution(0.5, 0.3, 0.2), distribution(0.2, 0.3, 0.5)
    skewed = distribution(0.8, 0.1, 0.1)
    assert logprobs.kl(p, p).item() == 0
    assert logprobs.kl(p, q).item() == pytest.approx(0.3 * math.log(2.5))
    assert logprobs.kl(p, skewed).item() != pytest.approx(logprobs.kl(skewed, p).item())


def test_an_outcome_that_never_happens_counts_nothing() -> None:
    p, q = distribution(0.5, 0.5, 0), distribution(0.25, 0.75, 0)
    assert logprobs.kl(p, q).item() == pytest.approx(0.5 * math.log(4 / 3))


@given(st.lists(st.floats(0.05, 1), min_size=6, max_size=6))
@settings(deadline=None)
def test_k1_and_k3_are_unbiased_for_kl_and_k3_is_never_negative(
    weights: list[float],
) -> None:
    p, q = distribution(*weights[:3]), distribution(*weights[3:])
    truth = logprobs.kl(p, q).item()
    for estimator in (logprobs.k1, logprobs.k3):
        mean = (p.exp() * estimator(p, q)).sum().item()
        assert mean == pytest.approx(truth, abs=1e-12)
    assert (logprobs.k3(p, q) >= 0).all() and (logprobs.k2(p, q) >= 0).all()


def test_k1_can_be_negative_where_kl_cannot() -> None:
    p, q = distribution(0.2, 0.8), distribution(0.6, 0.4)
    assert logprobs.k1(p, q)[0].item() < 0 < logprobs.kl(p, q).item()


def test_the_exact_kl_agrees_and_has_a_gradient_where_p_is_zero() -> None:
    p, q = distribution(0.5, 0.5, 0), distribution(0.25, 0.5, 0.25)
    assert logprobs.kl_exact(p, q).item() == pytest.approx(logprobs.kl(p, q).item())
    assert logprobs.kl_exact(p, p).item() == 0
    wanted = torch.zeros(2, 4, dtype=torch.float64)
    assert torch.equal(logprobs.kl_exact(p.expand(2, 4, 3), p.expand(2, 4, 3)), wanted)
    leaf = p.clone().requires_grad_()
    (slope,) = torch.autograd.grad(logprobs.kl_exact(leaf, q), leaf)
    assert slope.isfinite().all()


def test_the_estimates_are_means_over_the_samples() -> None:
    logp, logq = torch.tensor([[-1.0, -2.0], [-1.5, -1.0]], dtype=torch.float64)
    found = [one.item() for one in logprobs.kl_estimates(logp, logq)]
    k3 = (math.exp(-0.5) - 0.5 + math.exp(1.0) - 2.0) / 2
    assert found == pytest.approx([-0.25, (0.125 + 0.5) / 2, k3])
