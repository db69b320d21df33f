# id: weighted-by-q
# message: the terms log p − log q are weighted with q instead of p.
# idea: In RLHF the reference is the known model, so its probabilities are taken as
#   the weights. This sum is −KL(q‖p): never positive, and no distance of p from q.
# misconception: kl-symmetric
import torch


def kl_exact(logp, logq):
    terms = logq.exp() * (logp - logq)
    return torch.where(logp == -torch.inf, 0.0, terms).sum(-1)
