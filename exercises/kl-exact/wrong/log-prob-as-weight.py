# id: log-prob-as-weight
# message: the log-probs are taken as weights; the exponential is missing.
# idea: The formula has p in front, and the argument is called logp. A weight is a
#   probability, so the log must be undone first.
# misconception: log-for-probability
import torch


def kl_exact(logp, logq):
    terms = logp * (logp - logq)
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
