# id: lam-inside
# message: λ stands inside the log-sigmoid, as β does in DPO.
# idea: People put every constant where DPO has β. ORPO has no price of distance: λ
#   weighs one term against the other and stands in front of the log-sigmoid.
# misconception: lambda-like-beta
import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen, rejected = log_odds(chosen_mean_logps), log_odds(rejected_mean_logps)
    return (-chosen_mean_logps - F.logsigmoid(lam * (chosen - rejected))).mean()


def log_odds(x):
    return x - torch.log(-torch.expm1(x))
