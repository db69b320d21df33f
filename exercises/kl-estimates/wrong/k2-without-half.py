# id: k2-without-half
# message: k2 is the mean of (log r)² without the ½.
# idea: A constant factor looks like a matter of scale. With ½ k2 agrees with KL for
#   distributions that are close; without it, it is twice as large.
# misconception: constants-do-not-matter
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()
