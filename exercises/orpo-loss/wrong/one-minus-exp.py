# id: one-minus-exp
# message: 1 − exp(x) is computed as written; near x = 0 most of its digits are lost.
# idea: People trust that log1p or an exact formula takes care of rounding. exp(x) is
#   rounded before it is subtracted from 1; expm1 gives the difference itself.
# misconception: paper-is-not-float
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen = chosen_mean_logps - torch.log1p(-torch.exp(chosen_mean_logps))
    rejected = rejected_mean_logps - torch.log1p(-torch.exp(rejected_mean_logps))
    return (-chosen_mean_logps - lam * F.logsigmoid(chosen - rejected)).mean()
