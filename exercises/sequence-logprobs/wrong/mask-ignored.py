# id: mask-ignored
# message: Prompt and padding are summed along with the answer.
# idea: The mask looks like a detail of batching. The prompt was not written by the
#   policy and padding by nobody, so neither belongs to log π(y|x).
# misconception: prompt-and-padding-count
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return tokens.sum(-1)
