# id: bits
# message: the result is in bits: it was divided by ln 2.
# idea: Information is often measured in bits. Log-probs and β are in nats here, and a
#   KL in bits would be larger by 1.44.
# misconception: units-of-logs
import torch


def kl_exact(logp, logq):
    terms = logp.exp() * (logp - logq) / torch.log(torch.tensor(2.0, dtype=logp.dtype))
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
