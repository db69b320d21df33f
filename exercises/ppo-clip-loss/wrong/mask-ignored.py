# id: mask-ignored
# message: Padding is counted like any other token.
# idea: The mask looks like a detail of batching. What stands under False was not
#   written by the policy, and its numbers mean nothing.
# misconception: padding-counts
import torch


def ppo_clip_loss(logps, old_logps, advantages, mask, clip):
    ratio = torch.exp(logps - old_logps)
    clipped = ratio.clamp(1 - clip, 1 + clip)
    return -torch.min(ratio * advantages, clipped * advantages).mean()
