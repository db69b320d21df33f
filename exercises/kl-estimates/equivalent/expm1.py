import torch


def kl_estimates(logp, logq):
    k1 = logp - logq
    k2 = k1.square().mul(0.5)
    k3 = torch.expm1(-k1) + k1
    return k1.mean(), k2.mean(), k3.mean()
