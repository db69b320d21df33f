# id: hinge
# message: a hinge, max(0, 1 − difference), stands in the place of the log-sigmoid.
# idea: Ranking losses are often hinges, with a margin of 1. A hinge gives pairs
#   beyond the margin no gradient and does not come from a probability.
# misconception: any-falling-loss
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return F.relu(1 - (chosen_rewards - rejected_rewards)).mean()
