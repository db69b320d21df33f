# id: ratio-turned-round
# message: r is p / q in all three, so k1 has the other sign and k3 estimates
#   something else.
# idea: A log-ratio policy over reference is what one usually sees, so r is taken as p
#   / q. Then k1 tends to −KL, and the average of k3 under p is not a KL of the two.
# misconception: kl-symmetric
import torch


def kl_estimates(logp, logq):
    log_r = logp - logq
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()
