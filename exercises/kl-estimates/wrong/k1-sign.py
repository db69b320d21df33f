# id: k1-sign
# message: k1 has the wrong sign: it is the mean of log q − log p.
# idea: log r is taken for the estimate itself. Under samples from p it is negative on
#   average; the estimate is −log r.
# misconception: kl-turned-round
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()
