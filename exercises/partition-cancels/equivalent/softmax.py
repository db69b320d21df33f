import torch


def preference_probability(policy_logps, ref_logps, beta):
    return torch.softmax(beta * (policy_logps - ref_logps), dim=1)[:, 0]
