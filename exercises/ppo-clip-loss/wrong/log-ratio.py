# id: log-ratio
# message: The difference of the log-probs is used as the ratio, without the
#   exponential.
# idea: log π − log π_old looks like a ratio. It is the logarithm of one: 0 where the
#   ratio is 1.
# misconception: log-for-probability
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = logps - old_logps
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).sum() / mask.sum()
