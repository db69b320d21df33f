# id: end-not-scored
# message: The last token under True, the end token, is left out.
# idea: The end token looks like punctuation for the machine. It is the decision to
#   stop, a token like any other, and the mask counts it.
# misconception: end-not-scored
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    after = torch.cat([mask[:, 2:], torch.zeros_like(mask[:, :1])], dim=1)
    inner = mask[:, 1:] & after[:, : mask.shape[1] - 1]
    return (tokens * inner).sum(-1)
