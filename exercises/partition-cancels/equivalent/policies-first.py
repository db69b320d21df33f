import torch


def preference_probability(policy_logps, ref_logps, beta):
    policy = policy_logps[:, 0] - policy_logps[:, 1]
    ref = ref_logps[:, 0] - ref_logps[:, 1]
    return torch.sigmoid(beta * (policy - ref))
