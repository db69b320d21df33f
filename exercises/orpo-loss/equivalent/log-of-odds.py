import torch
import torch.nn.functional as F


def orpo_loss(chosen_mean_logps, rejected_mean_logps, lam):
    odds = [
        torch.exp(x) / -torch.expm1(x) for x in (chosen_mean_logps, rejected_mean_logps)
    ]
    preference = -F.logsigmoid(torch.log(odds[0]) - torch.log(odds[1]))
    return (lam * preference - chosen_mean_logps).mean()
