# id: margin
# message: a margin of 1 is subtracted from the difference.
# idea: Some reward models are trained so that the chosen answer must lead by a
#   margin. Then σ of the difference is no longer the preference probability, and no
#   margin was asked for.
# misconception: margin-in-reward-loss
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -F.logsigmoid(chosen_rewards - rejected_rewards - 1.0).mean()
