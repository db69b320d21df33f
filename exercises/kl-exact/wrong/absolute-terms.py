# id: absolute-terms
# message: the absolute value of each term is taken before the sum.
# idea: KL is never negative, so a negative term looks like a fault. Single terms are
#   negative wherever q is above p; only their sum is not.
# misconception: kl-positive-everywhere
import torch


def kl_exact(logp, logq):
    terms = logp.exp() * (logp - logq).abs()
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
