# id: unstable-log-sigmoid
# message: log(sigmoid(x)) is written out, and at a difference of −1000 the sigmoid is
#   0 and its log −∞.
# idea: On paper the log of a sigmoid and the log-sigmoid are the same. In floats the
#   sigmoid becomes 0 first, and then the log has nothing left.
# misconception: unstable-log-sigmoid
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -torch.log(torch.sigmoid(chosen_rewards - rejected_rewards)).mean()
