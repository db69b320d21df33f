# id: padded-mean
# message: The log-probs are averaged over all places of the row, prompt and padding
#   included.
# idea: `mean` over the masked row looks like a mean over the answer. It divides by the
#   width of the batch, so the same answer scores differently beside a longer neighbour.
# misconception: padding-counts
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).mean(-1)
