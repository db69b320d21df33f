# id: softmax-over-places
# message: The softmax runs over the places of the sequence instead of over the
#   vocabulary.
# idea: With three dimensions it is easy to normalise the wrong one. At each place the
#   model spreads 1 over the V tokens that could come next, which is the last dimension.
# misconception: softmax-over-places
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).sum(-1)
