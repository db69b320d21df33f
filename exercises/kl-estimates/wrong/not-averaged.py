# id: not-averaged
# message: each sample's value is returned instead of the mean over the samples.
# idea: The formulas are written for one sample, and the average around them is left
#   out. One sample says little; the estimate is the mean.
# misconception: how-many-numbers
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1, k2, k3
