import torch


def kl_shaped_reward(scores, policy_logps, ref_logps, mask, kl_coef):
    place = torch.arange(mask.shape[1]) * mask
    last = place.max(dim=1).values
    rewards = (kl_coef * ref_logps - kl_coef * policy_logps) * mask
    return rewards.scatter_add(1, last[:, None], scores[:, None])
