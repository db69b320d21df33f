# id: sign-flipped
# message: Chosen and rejected are exchanged, so training pushes the rejected answers
#   up.
# idea: People think that it does not matter which side is subtracted from which. The
#   other way round the loss falls when the rejected answer gains.
# misconception: sign-flipped
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    return (-chosen_mean_logps - lam * F.logsigmoid(rejected - chosen)).mean()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
