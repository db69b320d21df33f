import torch
import torch.nn.functional as F


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.to(torch.float32)
    scores = logits[:, :-1].transpose(1, 2)
    lost = F.cross_entropy(scores, ids[:, 1:], reduction="none")
    return -lost.masked_fill(~mask[:, 1:], 0.0).sum(1)
