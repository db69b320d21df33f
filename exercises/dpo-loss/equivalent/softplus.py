import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    return F.softplus(-beta * h).mean()
