# id: lam-on-the-likelihood
# message: λ multiplies the likelihood term instead of the preference term.
# idea: People see fine-tuning as the addition and weigh that. In ORPO fine-tuning has
#   the weight 1, and λ, about 0.1, says how much the comparison adds.
# misconception: orpo-likelihood-is-extra
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    return (-lam * chosen_mean_logps - F.logsigmoid(chosen - rejected)).mean()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
