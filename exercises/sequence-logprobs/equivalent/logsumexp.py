import torch


def sequence_logprobs(logits, ids, mask):
    wide = logits.float() if logits.dtype == torch.bfloat16 else logits
    chosen = torch.take_along_dim(wide[:, :-1], ids[:, 1:, None], -1)[..., 0]
    tokens = chosen - torch.logsumexp(wide[:, :-1], -1)
    return torch.where(mask[:, 1:], tokens, 0.0).sum(-1)
