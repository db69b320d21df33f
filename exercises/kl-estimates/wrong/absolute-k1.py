# id: absolute-k1
# message: k1 is made positive sample by sample with an absolute value.
# idea: A KL is never negative, so a negative estimate looks like a fault. Single
#   samples of k1 may be negative, and only with them is its average right.
# misconception: kl-positive-everywhere
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = log_r.abs()
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()
