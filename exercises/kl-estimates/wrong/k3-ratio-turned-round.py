# id: k3-ratio-turned-round
# message: k3 uses p / q where q / p belongs; k1 and k2 are right.
# idea: k1 is written as log p − log q, and the same difference is put into the
#   exponential. Only r = q / p has the average 1 under p, and k3 needs that.
# misconception: kl-symmetric
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = ((-log_r).exp() - 1) + log_r
    return k1.mean(), k2.mean(), k3.mean()
