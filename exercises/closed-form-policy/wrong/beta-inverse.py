# id: beta-inverse
# message: the rewards are multiplied by β instead of divided.
# idea: A factor in front of the reward seems to belong there, as a strength. β is the
#   price of distance: a high price must make exp(r / β) flat.
# misconception: beta-inverse
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards * beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)
