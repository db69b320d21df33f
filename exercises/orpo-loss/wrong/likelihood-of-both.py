# id: likelihood-of-both
# message: The likelihood of the rejected answer is trained as well.
# idea: People fine-tune on all the text that there is. The likelihood term takes the
#   chosen answers alone; raising the rejected ones works against the preference term.
# misconception: orpo-likelihood-is-extra
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    likelihood = chosen_mean_logps + rejected_mean_logps
    return (-likelihood - lam * F.logsigmoid(chosen - rejected)).mean()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
