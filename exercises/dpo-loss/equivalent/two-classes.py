import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    chosen = beta * (policy_chosen - ref_chosen)
    rejected = beta * (policy_rejected - ref_rejected)
    rewards = torch.stack([chosen, rejected], dim=-1)
    return -torch.log_softmax(rewards, dim=-1)[:, 0].mean()
