# id: sign-flipped
# message: the rejected reward is the one that should be higher: the difference is
#   rejected minus chosen.
# idea: Which reward is subtracted from which is easily turned round, since equal
#   rewards give ln 2 both ways. This loss falls when the rejected answer gains.
# misconception: sign-flipped
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -F.logsigmoid(rejected_rewards - chosen_rewards).mean()
