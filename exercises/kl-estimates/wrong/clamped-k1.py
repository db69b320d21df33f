# id: clamped-k1
# message: k1 is cut off at 0 where it would be negative.
# idea: A KL is never negative, so what lies below 0 is cut off. Then the estimate is
#   too high on average; k1 is right only with its negative values.
# misconception: kl-positive-everywhere
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean().clamp(min=0), k2.mean(), k3.mean()
