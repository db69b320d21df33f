import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    chosen = policy_chosen - ref_chosen
    gap = chosen + lam * chosen.clamp(max=0) - (policy_rejected - ref_rejected)
    return F.softplus(-beta * gap).mean()
