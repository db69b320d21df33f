import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    """The mean loss of a reward model, a 0-d tensor in the dtype of the inputs.

    chosen_rewards, rejected_rewards: rewards in nats, shape (B,).
    """
    raise NotImplementedError("write the loss here")
