import torch


def implicit_reward(policy_logps, ref_logps, beta):
    pairs = zip(policy_logps, ref_logps, strict=True)
    return torch.stack([(policy - ref) * beta for policy, ref in pairs])
