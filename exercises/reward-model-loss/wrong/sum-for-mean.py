# id: sum-for-mean
# message: the losses of the batch are added up instead of averaged.
# idea: The sum has the same minimum, so it looks as good. Its gradient grows with the
#   batch, and the learning rate would mean something else for each batch size.
# misconception: sum-for-mean
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -F.logsigmoid(chosen_rewards - rejected_rewards).sum()
