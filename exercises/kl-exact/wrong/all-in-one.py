# id: all-in-one
# message: everything is added up to one number instead of one for each distribution.
# idea: A loss is one number, so all axes are summed. Each distribution has a KL of
#   its own; only the axis of the outcomes goes.
# misconception: how-many-numbers
import torch


def kl_exact(logp, logq):
    terms = logp.exp() * (logp - logq)
    return torch.where(logp == -torch.inf, 0.0, terms).sum()
