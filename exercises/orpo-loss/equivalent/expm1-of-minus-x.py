import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    chosen = torch.log(torch.expm1(-chosen_mean_logps))
    rejected = torch.log(torch.expm1(-rejected_mean_logps))
    preference = F.softplus(chosen - rejected).mean()
    return -chosen_mean_logps.mean() + lam * preference
