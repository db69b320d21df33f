# id: cross-entropy
# message: this is the cross-entropy −Σ p log q; the entropy of p is not taken off.
# idea: For training q the two differ by a constant, so they are taken for the same.
#   The cross-entropy of p with itself is its entropy and not 0.
# misconception: cross-entropy-for-kl
import torch


def kl_exact(logp, logq):
    terms = -logp.exp() * logq
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
