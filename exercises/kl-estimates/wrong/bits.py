# id: bits
# message: the logs are turned into bits, with base 2, before the estimates are made.
# idea: Information is often measured in bits. Log-probs and β are in nats here, and
#   the exponential in k3 needs nats.
# misconception: units-of-logs
import torch


def kl_estimates(logp, logq):
    log_r = (logq - logp) / torch.log(torch.tensor(2.0, dtype=logp.dtype))
    k1 = -log_r
    k2 = log_r**2 / 2
    k3 = (log_r.exp() - 1) - log_r
    return k1.mean(), k2.mean(), k3.mean()
