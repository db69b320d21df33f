# id: mean-first
# message: log r is averaged first, and k2 and k3 are taken of the average.
# idea: It seems the same to average before or after. A square and an exponential of a
#   mean are smaller than the mean of squares and exponentials.
# misconception: mean-before-log
import torch


def kl_estimates(logp, logq):
    log_r = (logq - logp).mean()
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1, k2, k3
