"""How far one distribution is from another: KL, over all outcomes or from samples.

Kullback and Leibler 1951, "On information and sufficiency"; Schulman 2020,
"Approximating KL divergence". Here p is the one that is sampled (the policy), q the
other one (the reference). As losses for p's own parameters the estimators differ in
another way than as numbers: averaged over samples from p, the gradient of k1 is 0, that
of k2 is that of KL(p‖q), and that of k3 is that of KL(q‖p).
"""

import torch
from torch import Tensor


def kl(logp: Tensor, logq: Tensor) -> Tensor:
    """KL(p‖q) = Σ p (log p − log q) over all V outcomes, nats: (…, V) twice to (…).

    logp, logq: log-probs, normalised over the last axis. Outcomes with log p = −∞ count
    nothing, also where log q is −∞; they are taken out before the difference, so that
    the gradient is finite too. +∞ where q is 0 and p is not.
    """
    never = logp == -torch.inf
    gap = logp.masked_fill(never, 0.0) - logq.masked_fill(never, 0.0)
    return torch.sum(logp.exp() * gap, -1)


def chain_rule(
    logp: Tensor, logq: Tensor, then_logp: Tensor, then_logq: Tensor
) -> tuple[Tensor, Tensor]:
    """KL of two outcomes in a row, in its two parts: each (…), nats.

    logp, logq: (…, V), the first outcome; then_logp, then_logq: (…, V, W), the second
    one after each first. KL of the pair is KL of the first + Σ_first p(first) KL of the
    second after it (Cover and Thomas, "Elements of information theory", Theorem 2.5.3).
    So the KL of two language models is the sum over tokens of the KL at each, averaged
    over texts from p.
    """
    after = kl(then_logp, then_logq)
    return kl(logp, logq), torch.sum(logp.exp() * after, -1)


def k1(logp: Tensor, logq: Tensor) -> Tensor:
    """log p − log q at samples from p: unbiased for KL(p‖q), may be negative.

    Any shape, nats; so are k2 and k3.
    """
    return logp - logq


def k2(logp: Tensor, logq: Tensor) -> Tensor:
    """(log p − log q)²/2: biased, never negative, of low variance."""
    return (logp - logq) ** 2 / 2


def k3(logp: Tensor, logq: Tensor) -> Tensor:
    """(q/p − 1) − log(q/p): unbiased and never negative."""
    return torch.expm1(logq - logp) - (logq - logp)


def kl_estimates(logp: Tensor, logq: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The means of k1, k2 and k3 over N samples from p: (N,) twice to three 0-d."""
    return k1(logp, logq).mean(), k2(logp, logq).mean(), k3(logp, logq).mean()
