# id: ratio-without-log
# message: The sigmoid is taken of the odds ratio itself, without its log.
# idea: People read the formula from outside in and stop one log early. A ratio is
#   never negative, so σ of it never falls below one half, however wrong the pair is.
# misconception: odds-are-probabilities
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = odds(chosen_mean_logps), odds(rejected_mean_logps)
    return (-chosen_mean_logps - lam * F.logsigmoid(chosen / rejected)).mean()


def odds(x):
    return torch.exp(x) / -torch.expm1(x)
