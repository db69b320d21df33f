# id: reference-left-out
# message: the reference is left out: this is the softmax of r / β.
# idea: A softmax of rewards looks like the best policy by itself. It is only if the
#   reference is uniform; the best policy reweights what the reference does.
# misconception: forgot-reference-in-optimum
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)
