# id: log-left-out
# message: the probability of being wrong is averaged, 1 − σ; the log is missing.
# idea: The chance of being wrong looks like a natural loss. Its slope vanishes for
#   pairs that are badly wrong, and its minimum is no maximum likelihood.
# misconception: any-falling-loss
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return (1 - torch.sigmoid(chosen_rewards - rejected_rewards)).mean()
