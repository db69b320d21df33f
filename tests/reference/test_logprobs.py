"""Summed log-probs."""

import math

import pytest
import torch

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


def test_lengths_are_the_tokens_that_are_summed() -> None:
    mask = torch.tensor([[1, 0, 1, 1, 1], [0, 1, 1, 0, 0], [0, 0, 0, 0, 0]]).bool()
    assert logprobs.completion_lengths(mask).tolist() == [3, 2, 0]


def test_the_logits_of_the_last_place_may_be_left_out() -> None:
    logits, ids, mask = two_rows()
    whole = logprobs.sequence_logprobs(logits, ids, mask)
    assert torch.equal(whole, logprobs.sequence_logprobs(logits[:, :-1], ids, mask))
