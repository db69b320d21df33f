"""Log-probabilities of completions, and how far two models are apart.

A causal model's `logits[:, t]` predict `ids[:, t + 1]`, so labels and mask are shifted
together. A completion's log-prob is the sum over its tokens, the end token included.
"""

import torch
from torch import Tensor


def token_logprobs(logits: Tensor, ids: Tensor) -> Tensor:
    """log π(ids[:, t + 1] | ids[:, :t + 1]), nats: (B, T, V), (B, T) to (B, T − 1)."""
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    return scores.gather(-1, ids[:, 1:, None]).squeeze(-1)


def sequence_logprobs(logits: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
    """The summed log-prob of each completion, nats: (B, T, V), (B, T), (B, T) to (B,).

    mask: True on completion tokens with the end token. Position 0 has no predictor, and
    a row without a True gives 0. What stands under False may be anything, NaN too.
    """
    return token_logprobs(logits, ids).masked_fill(~mask[:, 1:], 0.0).sum(-1)


def kl(logp: Tensor, logq: Tensor) -> Tensor:
    """KL(p‖q) = Σ p (log p − log q), nats: (…, K) and (…, K) to (…).

    Outcomes with p = 0 (log p = −∞) count nothing, even where q is 0 too.
    """
    terms = logp.exp() * (logp - logq)
    return terms.masked_fill(logp == -torch.inf, 0.0).sum(-1)


def k1(logp: Tensor, logq: Tensor) -> Tensor:
    """log p − log q at samples from p: unbiased for KL(p‖q), may be negative.

    Any shape, nats. Schulman 2020, "Approximating KL divergence"; so are k2 and k3.
    """
    return logp - logq


def k2(logp: Tensor, logq: Tensor) -> Tensor:
    """(log p − log q)²/2: biased, never negative, of low variance."""
    return (logp - logq) ** 2 / 2


def k3(logp: Tensor, logq: Tensor) -> Tensor:
    """(q/p − 1) − log(q/p): unbiased and never negative."""
    return torch.expm1(logq - logp) - (logq - logp)
