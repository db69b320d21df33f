# id: padded-mean
# message: The sum is divided by B · T, padding included, instead of by the number of
#   True entries.
# idea: `mean` over the masked array looks like a mean over tokens. It divides by the
#   width of the batch, so the loss depends on how much padding there is.
# misconception: padding-counts
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    gains = torch.min(ratio * advantages, clipped * advantages)
    return -(gains * mask).mean()
