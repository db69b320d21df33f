# id: shift-forgotten
# message: The logits at place t are used for the token at place t.
# idea: It looks natural to read scores and tokens at the same place. A causal model's
#   logits at place t say what comes next, so they belong to the token at t + 1.
# misconception: shift-forgotten
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits, dim=-1)
    tokens = scores.gather(-1, ids[:, :, None]).squeeze(-1)
    return (tokens * mask).sum(-1)
