# id: probabilities-summed
# message: The probabilities of the tokens are summed instead of their logs.
# idea: Softmax gives the chance of each token, and a sum follows. Chances of tokens
#   multiply; only their logs add.
# misconception: log-for-probability
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).sum(-1)
