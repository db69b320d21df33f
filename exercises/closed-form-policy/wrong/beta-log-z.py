# id: beta-log-z
# message: β log Z is returned instead of log Z.
# idea: β log Z is what appears in the reward and as the best value of the goal. It is
#   asked for in units of the reward there; here log Z is asked for.
# misconception: scale-of-log-z
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards / beta
    return torch.softmax(scores, dim=-1), beta * torch.logsumexp(scores, dim=-1)
