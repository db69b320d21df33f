# id: log-of-softmax
# message: The softmax is taken first and its logarithm afterwards, which is −∞ for
#   tokens that the model finds very unlikely.
# idea: On paper log(softmax) and log_softmax are the same. In floating point the
#   softmax of a far-off token is 0 and its logarithm −∞; log_softmax never forms that
#   0.
# misconception: unstable-log-sigmoid
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log(torch.softmax(logits[:, :-1], dim=-1))
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return torch.where(mask[:, 1:], tokens, torch.zeros_like(tokens)).sum(-1)
