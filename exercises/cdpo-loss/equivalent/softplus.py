import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    gap = (policy_chosen - policy_rejected) - (ref_chosen - ref_rejected)
    return (F.softplus(-beta * gap) + epsilon * beta * gap).mean()
