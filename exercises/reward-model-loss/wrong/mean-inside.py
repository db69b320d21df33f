# id: mean-inside
# message: the differences are averaged first, and the log-sigmoid is taken of their
#   mean.
# idea: The mean and the log-sigmoid look exchangeable. They are not: one pair that is
#   far ahead would hide all pairs that are wrong.
# misconception: mean-before-log
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -F.logsigmoid((chosen_rewards - rejected_rewards).mean())
