import torch


def sequence_logprobs(logits, ids, mask):
    """The summed log-prob of each answer in nats, (B,).

    logits (B, T, V): logits[:, t] predicts ids[:, t + 1]. ids (B, T), int64. mask (B, T),
    bool, True on the answer's tokens and its end token.
    """
    raise NotImplementedError("write the sum of log-probs here")
