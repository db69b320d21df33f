import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    bound = advantages + clip * advantages.abs()
    gains = torch.minimum(ratio * advantages, bound)
    return -gains[mask].mean()
