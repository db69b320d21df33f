# id: mean-logprob
# message: The log-probs are averaged over the answer's tokens instead of summed.
# idea: The mean seems fairer to long answers. The probability of an answer is the
#   product over its tokens, so its log is the sum; the mean belongs to another loss.
# misconception: mean-logprob
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    kept = mask[:, 1:]
    return (tokens * kept).sum(-1) / kept.sum(-1).clamp(min=1)
