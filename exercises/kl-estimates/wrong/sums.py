# id: sums
# message: the samples are added up instead of averaged.
# idea: The KL over outcomes is a sum, and that is carried over to samples. An
#   estimate of an expectation is a mean; the sum grows with the number of samples.
# misconception: sum-for-mean
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.sum(), k2.sum(), k3.sum()
