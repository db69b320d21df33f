# id: turned-round
# message: this is KL(q‖p): the average is taken over q, of log q − log p.
# idea: KL is read as a distance, and then the order would not matter; torch's kl_div
#   takes its arguments in the other order, too. KL averages over the first of the
#   two, and the two directions differ.
# misconception: kl-symmetric
import torch


def kl_exact(logp, logq):
    terms = logq.exp() * (logq - logp)
    return torch.where(logq == -torch.inf, 0.0, terms).sum(-1)
