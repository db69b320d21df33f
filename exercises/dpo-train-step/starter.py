import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    """Take one step on the mean DPO loss; return the loss before it.

    model(ids) gives logits (B, T, V); logits[:, t] predicts ids[:, t + 1]. batch has
    chosen_ids, chosen_mask, rejected_ids, rejected_mask, each (B, T), right-padded;
    masks are True on completion tokens.
    """
    raise NotImplementedError("write the step here")
