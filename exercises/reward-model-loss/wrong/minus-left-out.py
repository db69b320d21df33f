# id: minus-left-out
# message: the log-likelihood is returned without the minus, so lowering it makes the
#   fit worse.
# idea: The log-likelihood is what the derivation speaks of, so it is returned as it
#   is. An optimizer lowers what it gets; a loss is minus the log-likelihood.
# misconception: objective-is-loss
import torch
import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    return F.logsigmoid(chosen_rewards - rejected_rewards).mean()
