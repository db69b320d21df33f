# id: beta-left-out
# message: β is left out: the factor is exp(r).
# idea: β is taken for a detail of training and not of the optimum. It decides how far
#   the optimum is from the reference.
# misconception: beta-is-optional
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)
