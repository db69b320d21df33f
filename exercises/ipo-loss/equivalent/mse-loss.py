import torch
import torch.nn.functional as F


def ipo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, tau):
    gap = (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    return F.mse_loss(gap, torch.full_like(gap, 1 / (2 * tau)))
