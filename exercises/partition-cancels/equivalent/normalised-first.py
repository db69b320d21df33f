import torch


def preference_probability(policy_logps, ref_logps, beta):
    policy = torch.log_softmax(policy_logps, dim=1)
    ref = torch.log_softmax(ref_logps, dim=1)
    gap = (policy - ref) @ torch.tensor([1.0, -1.0], dtype=policy.dtype)
    return 1 / (1 + torch.exp(-beta * gap))
