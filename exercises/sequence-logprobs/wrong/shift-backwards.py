# id: shift-backwards
# message: The logits are shifted the wrong way: those at place t are used for the token
#   at place t − 1.
# idea: The shift was remembered, but not its direction. The model at place t has
#   already read the token at t, so it is the next one that it predicts.
# misconception: shift-forgotten
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, 1:], dim=-1)
    tokens = scores.gather(-1, ids[:, :-1, None]).squeeze(-1)
    return (tokens * mask[:, :-1]).sum(-1)
