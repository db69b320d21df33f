# id: upper-end-only
# message: The ratio is clipped above 1 + clip only, not below 1 − clip.
# idea: The danger seems to be that a token becomes too likely. A bad token must not
#   become unlikely without end either: for A < 0 the lower end counts.
# misconception: clip-limits-both-ways
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(max=1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
