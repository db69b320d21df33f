# id: likelihood-missing
# message: The likelihood of the chosen answer is missing; only the preference term is
#   left.
# idea: People take ORPO for one more preference loss. It has no reference and no
#   fine-tuning stage before it: the likelihood term does that work, and λ makes the
#   preference a small addition.
# misconception: orpo-likelihood-is-extra
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    return -lam * F.logsigmoid(chosen - rejected).mean()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
