# id: negative
# message: The negative log-prob is returned: the loss of fine-tuning instead of log π.
# idea: Cross-entropy functions return −log π, since they are made to be minimised. DPO
#   needs log π itself; with the sign turned round, likelier answers count as less
#   likely.
# misconception: cross-entropy-is-logprob
import torch


def sequence_logprobs(logits, ids, mask):
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return -(tokens * mask[:, 1:]).sum(-1)
