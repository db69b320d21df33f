# id: clip-of-the-log
# message: The log-ratio is clipped to ±clip instead of the ratio to 1 ± clip.
# idea: Near 0 both are nearly the same. The published clip stands around 1, and
#   exp(0.2) is 1.221, not 1.2.
# misconception: log-for-probability
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = torch.exp((logps - old_logps).clamp(-clip, clip))
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
