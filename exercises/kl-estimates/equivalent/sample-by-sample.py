import torch


def kl_estimates(logp, logq):
    sums = torch.zeros(3, dtype=logp.dtype)
    for one, other in zip(logp, logq, strict=True):
        log_r = other - one
        k1, k2 = -log_r, 0.5 * log_r * log_r
        sums = sums + torch.stack((k1, k2, torch.exp(log_r) - 1 + k1))
    k1, k2, k3 = sums / len(logp)
    return k1.clone(), k2.clone(), k3.clone()
