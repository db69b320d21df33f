# id: not-normalised
# message: the probabilities are not divided by Z.
# idea: Reference times exp(r / β) ranks the answers rightly, so it is taken for the
#   policy. It does not sum to 1; that is what Z is for.
# misconception: unnormalised-optimum
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards / beta
    return torch.exp(scores), torch.logsumexp(scores, dim=-1)
