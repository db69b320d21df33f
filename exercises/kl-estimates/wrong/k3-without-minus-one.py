# id: k3-without-minus-one
# message: k3 is the mean of r − log r; the 1 is not subtracted.
# idea: A constant has no gradient, so it is left out. r has the average 1 under p,
#   and only r − 1 adds nothing to the estimate.
# misconception: constants-do-not-matter
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = log_r.exp() - log_r
    return k1.mean(), k2.mean(), k3.mean()
