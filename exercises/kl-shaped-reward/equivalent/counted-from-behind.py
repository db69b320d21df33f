import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    left = mask.long().flip(1).cumsum(1).flip(1)
    ends = mask & (left == 1)
    penalty = torch.where(mask, kl_coef * (ref_logps - policy_logps), 0.0)
    return penalty + torch.where(ends, scores[:, None], 0.0)
