# id: mask-unshifted
# message: Logits and ids are shifted, the mask is not.
# idea: The mask has the shape of ids, so its first places seem to fit the shifted
#   scores. Entry t of them scores the token at t + 1, and the mask must say whether
#   that token counts.
# misconception: mask-unshifted
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, :-1]).sum(-1)
