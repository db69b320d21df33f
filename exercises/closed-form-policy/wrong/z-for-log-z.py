# id: z-for-log-z
# message: Z is returned instead of log Z.
# idea: Z is what the formula divides by, so Z is returned. With β small it exceeds
#   every float, and the reward needs its log.
# misconception: scale-of-log-z
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1).exp()
