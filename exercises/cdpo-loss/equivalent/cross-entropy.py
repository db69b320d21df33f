import torch
import torch.nn.functional as F


def cdpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, epsilon):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    target = torch.full_like(h, 1 - epsilon)
    return F.binary_cross_entropy_with_logits(beta * h, target)
