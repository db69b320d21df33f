# id: both-directions
# message: both directions are added and halved.
# idea: A distance should be symmetric, so the two directions are averaged. The leash
#   of RLHF is one direction, KL(π‖ref), and its closed form holds for that one alone.
# misconception: kl-symmetric
import torch


def kl_exact(logp, logq):
    p, q = logp.exp(), logq.exp()
    terms = torch.where(logp == logq, 0.0, (p - q) * (logp - logq))
    return terms.sum(-1) / 2
