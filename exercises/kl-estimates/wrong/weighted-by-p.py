# id: weighted-by-p
# message: the samples are weighted with p again, as if they were all outcomes.
# idea: KL is Σ p (log p − log q), so p is multiplied in. Samples from p come with the
#   frequencies p already; this counts them twice.
# misconception: samples-weighted-twice
import torch


def kl_estimates(logp, logq):
    log_r = logq - logp
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    p = logp.exp()
    return (p * k1).mean(), (p * k2).mean(), (p * k3).mean()
