"""Log-probabilities of completions: shift, mask, sum.

A causal model's `logits[:, t]` predict `ids[:, t + 1]`, so labels and mask are shifted
together. A completion's log-prob is the sum over its tokens, the end token included;
the prompt and the padding are masked out. The sum, not the mean: the probability of a
text is the product over its tokens.
"""

import torch
from torch import Tensor


def token_logprobs(logits: Tensor, ids: Tensor) -> Tensor:
    """log π(ids[:, t + 1] | ids[:, :t + 1]), nats: (B, T, V), (B, T) to (B, T − 1).

    In the dtype of the logits, but never below float32: bfloat16 has three digits, too
    few for a sum over a vocabulary. The logits of the last place are not looked at and
    may be left out: (B, T − 1, V), from a model that saw ids[:, :-1].
    """
    wide = torch.promote_types(logits.dtype, torch.float32)
    # Where it is there, leaving the last place out would cost a copy.
    scores = torch.log_softmax(logits.to(wide), dim=-1)
    return scores.gather(-1, ids[:, 1:, None]).squeeze(-1)


def sequence_logprobs(logits: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
    """The summed log-prob of each completion, nats: (B, T, V), (B, T), (B, T) to (B,).

    mask: True on completion tokens with the end token. Position 0 has no predictor, and
    a row without a True gives 0, so does T = 1. What stands under False may be
    anything, NaN too. bfloat16 logits give float32. Logits (B, T − 1, V) will do, as
    for `token_logprobs`.
    """
    return token_logprobs(logits, ids).masked_fill(~mask[:, 1:], 0.0).sum(-1)


def completion_lengths(mask: Tensor) -> Tensor:
    """How many tokens of each completion `sequence_logprobs` sums: (B, T) to (B,)."""
    return mask[:, 1:].sum(-1)
