"""Kullback and Leibler 1951; the cases are drawn afresh for every submission."""

import numpy as np
import torch


def kl_exact(logp: torch.Tensor, logq: torch.Tensor) -> torch.Tensor:
    """Σ p (log p − log q), nats: Kullback and Leibler 1951, section 2."""
    terms = logp.exp() * (logp - logq)
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)


def cases(rng):
    """Three kinds of shape, outcomes that q or p lacks, p equal to q, float32."""
    yield "5 outcomes", pair(rng, (5,))
    size = int(rng.integers(2, 6))
    yield f"{size} distributions over 4 outcomes", pair(rng, (size, 4))
    yield "2 answers of 3 tokens, 7 words", pair(rng, (2, 3, 7))
    yield "outcomes that q hardly ever has", unlikely(rng)
    yield "outcomes that p never has", without(rng, False)
    yield "outcomes that neither has", without(rng, True)
    logp = logs(rng.normal(0.0, 1.5, (3, 5)))
    yield "p equal to q", {"logp": logp, "logq": logp.copy()}
    arrays = {name: a.astype(np.float32) for name, a in pair(rng, (4, 6)).items()}
    yield "4 distributions in float32", arrays


def logs(scores):
    """Log-softmax over the last axis."""
    top = scores - scores.max(-1, keepdims=True)
    return top - np.log(np.exp(top).sum(-1, keepdims=True))


def pair(rng, shape):
    """Two sets of distributions, far from uniform and from each other."""
    logp, logq = logs(rng.normal(0.0, 1.5, (2, *shape)))
    return {"logp": logp, "logq": logq}


def unlikely(rng):
    """log q from −30 to −300 where p is of ordinary size."""
    one = pair(rng, (2, 5))
    scores = rng.normal(0.0, 1.5, (2, 5))
    scores[:, int(rng.integers(5))] -= rng.uniform(30.0, 300.0, 2)
    return {"logp": one["logp"], "logq": logs(scores)}


def without(rng, both):
    """p lacks an outcome in each row; so does q, or not."""
    scores = rng.normal(0.0, 1.5, (2, 3, 6))
    rows, lacking = np.arange(3), rng.integers(0, 6, 3)
    scores[0, rows, lacking] = -np.inf
    if both:
        scores[1, rows, lacking] = -np.inf
    return dict(zip(("logp", "logq"), logs(scores), strict=True))
