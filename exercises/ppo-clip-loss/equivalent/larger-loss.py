import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    change = (logps - old_logps)[mask]
    gained = advantages[mask]
    plain = -gained * change.exp()
    clipped = -gained * change.exp().clip(1 - clip, 1 + clip)
    return torch.maximum(plain, clipped).mean()
