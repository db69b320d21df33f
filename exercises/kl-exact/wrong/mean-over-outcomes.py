# id: mean-over-outcomes
# message: the terms are averaged over the outcomes instead of summed.
# idea: An expectation is taken for a mean over the axis. The weights p are the
#   average already; dividing by V on top makes large vocabularies look close.
# misconception: outcomes-count-equally
import torch


def kl_exact(logp, logq):
    terms = logp.exp() * (logp - logq)
    return torch.where(logp == -torch.inf, 0.0, terms).mean(-1)
