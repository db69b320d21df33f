# id: raw-logits
# message: The logits of the tokens are summed without a log-softmax.
# idea: A logit looks like a log-prob, and differences of logits at one place are indeed
#   differences of log-probs. Only the log-softmax subtracts the log-sum over the
#   vocabulary that makes probabilities sum to 1.
# misconception: logit-is-logprob
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    tokens = logits[:, :-1].gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).sum(-1)
