# id: without-weights
# message: log p − log q is summed over the outcomes without the weights p.
# idea: The log-ratio is what is averaged over samples, so it is summed over outcomes
#   as well. Samples come with the frequencies p by themselves; outcomes do not.
# misconception: outcomes-count-equally
import torch


def kl_exact(logp, logq):
    terms = logp - logq
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
