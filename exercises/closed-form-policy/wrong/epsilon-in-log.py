# id: epsilon-in-log
# message: a small constant is added to the reference before the log, so an answer
#   that it never gives can win.
# idea: The constant avoids log 0. exp(r / β) can be far larger than any constant is
#   small, and log 0 = −∞ is harmless in a softmax.
# misconception: epsilon-against-zero
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = (ref_probs + 1e-10).log() + rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(scores, dim=-1)
