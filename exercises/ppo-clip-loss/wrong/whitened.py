# id: whitened
# message: The advantages are whitened first: mean 0, spread 1.
# idea: Many PPO programs whiten, so it looks like part of the loss. It is a choice of
#   its own, made before; this loss takes the advantages as they come.
# misconception: whitening-is-part
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    count = mask.sum()
    mean = (advantages * mask).sum() / count
    spread = (((advantages - mean) ** 2 * mask).sum() / count).sqrt()
    white = (advantages - mean) / (spread + 1e-8)
    gains = torch.min(ratio * white, clipped * white)
    return -(gains * mask).sum() / count
