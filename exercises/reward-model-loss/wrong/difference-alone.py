# id: difference-alone
# message: the loss is minus the mean difference, with no log-sigmoid around it.
# idea: Widening the gap is the aim, so the gap itself is taken for the loss. It has
#   no bottom: every pair is pushed apart for ever with the same force.
# misconception: any-falling-loss
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return -(chosen_rewards - rejected_rewards).mean()
