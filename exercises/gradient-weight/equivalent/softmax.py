import torch


def gradient_weight(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = beta * (policy_chosen - ref_chosen)
    rejected = beta * (policy_rejected - ref_rejected)
    return torch.softmax(torch.stack([chosen, rejected]), dim=0)[1]
