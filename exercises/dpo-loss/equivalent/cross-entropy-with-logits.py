import torch
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    logits = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    return F.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))
