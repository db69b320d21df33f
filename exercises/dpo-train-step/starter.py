import torch
import torch.nn.functional as F


def log_prob(model, ids, mask):
    """Summed log-probs (B,) of completions: the exercise sequence-logprobs, solved."""
    scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).sum(-1)


def train_step(policy, reference, optimizer, batch, beta):
    """Take one step on the mean DPO loss; return the loss before it.

    batch has chosen_ids, chosen_mask, rejected_ids, rejected_mask, each (B, T).
    """
    raise NotImplementedError("write the step here")
