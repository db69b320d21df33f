# id: probability-as-log
# message: the reference's probabilities are added to r / β without taking their log.
# idea: Scores of a softmax are sums, so the reference is added as it comes. A factor
#   ref becomes the summand log ref.
# misconception: log-for-probability
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs + rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)
