# id: clip-alone
# message: The clipped product is used alone, without the minimum.
# idea: The clip seems to be the whole idea. Without the minimum, a token that got worse
#   than allowed has no gradient and is never brought back.
# misconception: clip-limits-both-ways
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    return -(clipped * advantages * mask).sum() / mask.sum()
