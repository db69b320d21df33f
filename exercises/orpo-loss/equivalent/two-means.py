import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    ratio = chosen_mean_logps - rejected_mean_logps
    ratio = ratio - torch.log(-torch.expm1(chosen_mean_logps))
    ratio = ratio + torch.log(-torch.expm1(rejected_mean_logps))
    return -chosen_mean_logps.mean() - lam * F.logsigmoid(ratio).mean()
