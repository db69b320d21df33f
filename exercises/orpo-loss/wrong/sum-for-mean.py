# id: sum-for-mean
# message: The loss is summed over the batch where its mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of pairs, and so does every constant beside it.
# misconception: sum-for-mean
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    return (-chosen_mean_logps - lam * F.logsigmoid(chosen - rejected)).sum()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
