"""Log-probabilities of completions, and how far two models are apart.

A causal model's `logits[:, t]` predict `ids[:, t + 1]`, so labels and mask are shifted
together. A completion's log-prob is the sum over its tokens, the end token included.
"""

import torch
from torch import Tensor


def token_logprobs(logits: Tensor, ids: Tensor) -> Tensor:
    """log π(ids[:, t + 1] | ids[:, :t + 1]), nats: (B, T, V), (B, T) to (B, T − 1).

    In the dtype of the logits, but never below float32: bfloat16 has three digits, too
    few for a sum over a vocabulary.
    """
    wide = torch.promote_types(logits.dtype, torch.float32)
    scores = torch.log_softmax(logits[:, :-1].to(wide), dim=-1)
    return scores.gather(-1, ids[:, 1:, None]).squeeze(-1)


def sequence_logprobs(logits: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
    """The summed log-prob of each completion, nats: (B, T, V), (B, T), (B, T) to (B,).

    mask: True on completion tokens with the end token. Position 0 has no predictor, and
    a row without a True gives 0, so does T = 1. What stands under False may be
    anything, NaN too. bfloat16 logits give float32.
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


def kl_exact(logp: Tensor, logq: Tensor) -> Tensor:
    """KL(p‖q) over all V outcomes, nats: (…, V) and (…, V) to (…).

    logp, logq: log-probs, normalised over the last axis. Outcomes with log p = −∞ count
    nothing, also where log q is −∞; they are taken out before the difference, so that
    the gradient is finite too. +∞ where q is 0 and p is not. Kullback and Leibler 1951,
    "On information and sufficiency".
    """
    never = logp == -torch.inf
    gap = logp.masked_fill(never, 0.0) - logq.masked_fill(never, 0.0)
    return torch.sum(logp.exp() * gap, -1)


def kl_estimates(logp: Tensor, logq: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The means of k1, k2 and k3 over N samples from p, nats: (N,) twice to three 0-d.

    Schulman 2020, "Approximating KL divergence", with r = q/p: k1 = −log r may be
    negative, k2 = (log r)²/2 is biased, k3 = (r − 1) − log r is neither.
    """
    return k1(logp, logq).mean(), k2(logp, logq).mean(), k3(logp, logq).mean()
