import torch


def kl_exact(logp, logq):
    total = torch.zeros_like(logp[..., 0])
    for k in range(logp.shape[-1]):
        term = torch.exp(logp[..., k]) * (logp[..., k] - logq[..., k])
        total = total + torch.nan_to_num(term, nan=0.0)
    return total
