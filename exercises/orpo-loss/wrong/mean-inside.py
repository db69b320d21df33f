# id: mean-inside
# message: The mean is taken over the gaps before the loss is applied; each pair has a
#   loss of its own, and the mean is over those.
# idea: People expect that the mean can be moved through a function. The loss is
#   curved, so the loss of the mean gap is another number, and every pair would get the
#   same pull.
# misconception: mean-before-log
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    ratio = chosen.mean() - rejected.mean()
    return -chosen_mean_logps.mean() - lam * F.logsigmoid(ratio)


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
