import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    policy = policy_chosen - policy_rejected
    reference = ref_chosen - ref_rejected
    negative = beta * (reference - policy)
    return torch.logaddexp(negative, torch.zeros_like(negative)).mean()
